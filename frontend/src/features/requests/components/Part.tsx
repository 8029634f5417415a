/** A part of the screen that loads and fails by itself: the rest stays. */
import { CatchBoundary } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { ErrorState, Loading } from '~/ui/index.ts'

export function Part({ name, lines = 5, children }: { name: string; lines?: number; children: ReactNode }) {
  return (
    <CatchBoundary
      getResetKey={() => name}
      errorComponent={({ error, reset }) => <ErrorState error={error} retry={reset} />}
    >
      <Suspense fallback={<Loading lines={lines} />}>{children}</Suspense>
    </CatchBoundary>
  )
}
