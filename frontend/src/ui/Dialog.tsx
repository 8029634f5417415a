/** A dialog whose parts load when it is first opened: most dialogs of a screen never are. Takes what Mantine's Modal takes. */
import type { ModalProps } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useEver } from './use-ever.ts'

const OpenDialog = lazy(() => import('./OpenDialog.tsx'))

export function Dialog(props: ModalProps) {
  const used = useEver(props.opened)
  return used ? (
    <Suspense fallback={null}>
      <OpenDialog {...props} />
    </Suspense>
  ) : null
}
