/** A step with several requests from another screen: its dialog, which loads when it is first wanted. */
import { lazy, Suspense, useState } from 'react'
import { useEver } from '~/ui/index.ts'
import { bulkOffers } from '../list-bulk.ts'
import type { BulkStep, Listed } from '../list-queries.ts'

const ListBulk = lazy(() => import('./ListBulk.tsx'))

export interface BulkStepsProps {
  /** The step to take and with which requests; null while the dialog is closed. */
  wanted: { step: BulkStep; rows: readonly Listed[] } | null
  onClose: () => void
}

const nothing = () => undefined

export function BulkSteps({ wanted, onClose }: BulkStepsProps) {
  const used = useEver(wanted !== null)
  const [offer, setOffer] = useState<ReturnType<typeof offerOf>>(null)
  const [made, setMade] = useState(wanted)
  // The rows stay those of the moment at which the step was wanted, whatever comes to the list meanwhile.
  if (made !== wanted) {
    setMade(wanted)
    setOffer(offerOf(wanted))
  }
  return used ? (
    <Suspense fallback={null}>
      <ListBulk offer={offer} onClose={onClose} onDone={nothing} />
    </Suspense>
  ) : null
}

const offerOf = (wanted: BulkStepsProps['wanted']) =>
  wanted && (bulkOffers(wanted.rows).find(({ step }) => step === wanted.step) ?? null)
