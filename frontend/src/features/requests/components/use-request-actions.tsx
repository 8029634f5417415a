/** The steps that a request offers, the dialog that takes them, and the place for both in a screen. */
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useEver } from '~/ui/index.ts'
import { type LersRequest, responsesQuery, slaQuery } from '../queries.ts'
import { type DialogStep, isPageStep, type Offer, offer, openMatters, pageOf, type Step } from '../steps.ts'

// Loaded with the first step that is taken: most screens take none.
const ActionDialog = lazy(async () => ({ default: (await import('./ActionDialog.tsx')).ActionDialog }))

interface RequestActions extends Offer {
  /** Take a step: its dialog opens, or its own screen. */
  take: (step: Step) => void
  /** Whether the request offers this step now. */
  offers: (step: Step) => boolean
  /** To be placed somewhere in the screen. */
  dialog: ReactNode
}

interface Options {
  /** Also ask what waits for an answer (more time, a doubt, a response); lists leave that to the request's page. */
  thorough?: boolean
  /** Where the chat is on the screen already: go there. */
  onTalk?: () => void
  onDone?: (request: LersRequest | null, step: DialogStep) => void
}

export function useRequestActions(
  request: LersRequest,
  { thorough = false, onTalk, onDone }: Options = {},
): RequestActions {
  const { navigate } = useRouter()
  const [step, setStep] = useState<DialogStep | null>(null)
  const used = useEver(step !== null)
  const submitted = thorough && Boolean(request.submitted_at)
  const sla = useQuery({ ...slaQuery(request.id), enabled: submitted })
  const responses = useQuery({
    ...responsesQuery(request.id),
    enabled: submitted && request.abilities.review_response,
  })
  const open = useMemo(() => openMatters(sla.data, responses.data?.items), [sla.data, responses.data])
  const { primary, others } = offer(request, open)
  return {
    primary,
    others,
    offers: (wanted) => wanted === primary || others.includes(wanted),
    take: (wanted) => {
      if (wanted === 'answer' && onTalk) onTalk()
      else if (wanted === 'answer')
        void navigate({ to: `/requests/${request.id}` as string, search: { tab: 'chat' } as never })
      else if (isPageStep(wanted)) void navigate({ to: pageOf(wanted, request.id, open) as string })
      else setStep(wanted)
    },
    dialog: used && (
      <Suspense fallback={null}>
        <ActionDialog request={request} step={step} onClose={() => setStep(null)} onDone={onDone} />
      </Suspense>
    ),
  }
}
