/** What became of each identifier. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys } from '~/api/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { Keys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorSummary, Panel, problemsOf } from '~/ui/index.ts'
import type { Subject } from '../body.ts'
import type { Draft } from '../draft.ts'
import { answerRest } from '../outcomes.ts'
import { readIdentifiers } from '../queries.ts'
import type { DraftState } from '../use-response-draft.ts'
import { OutcomeRow } from './OutcomeRow.tsx'
import css from './outcomes.module.css'

interface OutcomesPanelProps {
  request: LersRequest
  draft: Draft
  change: DraftState['change']
  subject: Subject
  before: ReadonlyMap<string, { outcome: string; number: string }>
  /** Identifiers that stand in the way of sending. */
  lacking: ReadonlySet<string>
}

export function OutcomesPanel(props: OutcomesPanelProps) {
  const { t } = useLingui()
  const { request, draft, change, subject, before, lacking } = props
  const identifiers = request.identifiers ?? []
  const clear = useClearValues(request.id)
  const open = subject.open.filter((id) => !draft.answers[id])
  return (
    <Panel
      title={t`Outcome of each identifier`}
      note={<Note open={open.length} all={identifiers.length} />}
      actions={
        open.length > 0 && (
          <Button
            size="xs"
            variant="default"
            rightSection={<Keys keys="d" />}
            onClick={() => change({ answers: answerRest(draft.answers, subject.open, 'DISCLOSED') })}
          >
            {open.length === identifiers.length ? <Trans>All disclosed</Trans> : <Trans>The rest disclosed</Trans>}
          </Button>
        )
      }
    >
      {identifiers.length === 0 ? (
        <EmptyState title={t`No identifiers`}>
          <Trans>The request names none: answer with files and text.</Trans>
        </EmptyState>
      ) : (
        <>
          <div className={css.rows}>
            {identifiers.map((identifier) => (
              <OutcomeRow
                key={identifier.id}
                identifier={identifier}
                opened={clear.values?.get(identifier.id)}
                answer={draft.answers[identifier.id]}
                before={before.get(identifier.id)}
                lacking={lacking.has(identifier.id)}
                onAnswer={(answer) =>
                  change(({ answers: { [identifier.id]: _, ...others } }) => ({
                    answers: answer ? { ...others, [identifier.id]: answer } : others,
                  }))
                }
              />
            ))}
          </div>
          {request.abilities.read_identifiers && <Reveal clear={clear} />}
        </>
      )}
    </Panel>
  )
}

function Note({ open, all }: { open: number; all: number }) {
  if (all === 0) return null
  return open === 0 ? (
    <Trans>Every identifier has its answer.</Trans>
  ) : (
    <Plural value={open} one="# identifier has no answer yet." other="# identifiers have no answer yet." />
  )
}

interface ClearValues {
  values: ReadonlyMap<string, string> | null
  loading: boolean
  error: unknown
  show: () => void
  hide: () => void
}

/** Values in clear are not left on a screen that nobody looks at. */
const SHOWN_MS = 5 * 60_000

function useClearValues(requestId: string): ClearValues {
  const cache = useQueryClient()
  const { data, isPending, error, mutate, reset } = useMutation({
    mutationFn: () => readIdentifiers(requestId),
    gcTime: 0,
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.requests.part(requestId, 'timeline') }),
  })
  useEffect(() => {
    if (!data) return
    const timer = setTimeout(reset, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [data, reset])
  return {
    values: data ? new Map(data.items.map(({ id, value }) => [id, value])) : null,
    loading: isPending,
    error,
    show: () => mutate(),
    hide: reset,
  }
}

function Reveal({ clear }: { clear: ClearValues }) {
  return (
    <div className={css.reveal}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={clear.values ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
        loading={clear.loading}
        onClick={clear.values ? clear.hide : clear.show}
      >
        {clear.values ? <Trans>Hide the identifiers</Trans> : <Trans>Show the identifiers in clear</Trans>}
      </Button>
      <span className={css.hint}>
        <Trans>Each reading is recorded with your name. They hide by themselves after five minutes.</Trans>
      </span>
      <ErrorSummary problems={problemsOf(clear.error)} />
    </div>
  )
}
