/** What a screen or panel shows when there is nothing, not yet anything, or no answer. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Skeleton } from '@mantine/core'
import { IconCloudOff, IconLock, IconMoodPuzzled } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { isProblem, Problem } from '~/api/index.ts'
import { EmptyState } from './EmptyState.tsx'
import { CopyText } from './Facts.tsx'
import css from './kit.module.css'

/** Grey bars in the shape of what comes, shown only when it takes longer than 200 ms. */
export function Loading({ lines = 4, height = 18 }: { lines?: number; height?: number }) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={css.skeleton} role="status" aria-label={t`Loading`} style={{ minBlockSize: lines * (height + 12) }}>
      {shown &&
        Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars keep their places
          <Skeleton key={line} height={height} width={`${96 - ((line * 17) % 40)}%`} />
        ))}
    </div>
  )
}

/** A failed call: what failed, what to do, and the id under which the logs know it. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = error instanceof Problem ? error : null
  return (
    <EmptyState
      icon={iconOf(error)}
      title={<ErrorTitle error={error} />}
      action={
        <>
          {problem?.requestId && (
            <span className={css.emptyText}>
              <Trans>Request id</Trans> <CopyText value={problem.requestId} />
            </span>
          )}
          {retry && (
            <Button variant="default" onClick={retry}>
              <Trans>Try again</Trans>
            </Button>
          )}
        </>
      }
    >
      {problem && !problem.offline && problem.status !== 404 ? problem.message : null}
    </EmptyState>
  )
}

function iconOf(error: unknown): ReactNode {
  if (isProblem(error) && error.offline) return <IconCloudOff size={22} stroke={1.6} />
  if (isProblem(error) && error.status === 403) return <IconLock size={22} stroke={1.6} />
  return <IconMoodPuzzled size={22} stroke={1.6} />
}

function ErrorTitle({ error }: { error: unknown }) {
  if (isProblem(error)) {
    if (error.offline) return <Trans>No connection to LERS</Trans>
    // Deleted and forbidden look the same: another's object is never confirmed.
    if (error.status === 404) return <Trans>This is not here, or not yours to see</Trans>
    if (error.status === 403) return <Trans>Your role may not see this</Trans>
    if (error.status === 429) return <Trans>Too many calls in a short time</Trans>
  }
  return <Trans>This did not work</Trans>
}

interface QueryLike<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

/** A panel's content from a query: loading, failed, or there. What is shown stays when only a refresh fails. */
export function QueryState<T>({
  query,
  lines,
  children,
}: {
  query: QueryLike<T>
  lines?: number
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <Loading lines={lines} />
}
