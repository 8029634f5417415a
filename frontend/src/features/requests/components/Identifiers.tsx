/** The identifiers asked about: masked, and in clear only as an act that is recorded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys, type Schema } from '~/api/index.ts'
import type { Tone } from '~/domain/status.ts'
import { formatDateTime, useTerm } from '~/i18n/index.ts'
import { CopyText, ErrorSummary, problemsOf, ToneBadge } from '~/ui/index.ts'
import { type LersRequest, readIdentifiers } from '../queries.ts'
import css from './facts.module.css'

const OUTCOME_TONE: Record<string, Tone> = {
  PENDING: 'quiet',
  DISCLOSED: 'good',
  PARTIAL: 'warn',
  NO_DATA: 'info',
  REJECTED: 'bad',
  INVALID: 'bad',
}
/** Values in clear are not left on a screen that nobody looks at. */
const SHOWN_MS = 5 * 60_000

type Opened = Schema<'OpenIdentifierOut'>

export function Identifiers({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const cache = useQueryClient()
  const reveal = useMutation({
    mutationFn: () => readIdentifiers(request.id),
    // They are nowhere but on this screen.
    gcTime: 0,
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.requests.part(request.id, 'timeline') }),
  })
  const { data, reset } = reveal
  useEffect(() => {
    if (!data) return
    const timer = setTimeout(reset, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [data, reset])
  const items = request.identifiers ?? []
  if (items.length === 0) return <Trans>None</Trans>
  return (
    <div className={css.identifiers}>
      <ul className={css.identifierList} aria-label={t`Identifiers`}>
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            opened={data?.items.find(({ id }) => id === item.id)}
            status={request.status}
          />
        ))}
      </ul>
      {request.abilities.read_identifiers && (
        <div className={css.reveal}>
          {data ? (
            <Button size="compact-sm" variant="default" leftSection={<IconEyeOff size={16} />} onClick={() => reset()}>
              <Trans>Hide</Trans>
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconEye size={16} />}
              loading={reveal.isPending}
              onClick={() => reveal.mutate()}
            >
              <Trans>Reveal</Trans>
            </Button>
          )}
          <span className={css.hint}>
            {data ? (
              <Trans>Your reading is recorded. The values hide by themselves after five minutes.</Trans>
            ) : (
              <Trans>Reading them in clear is recorded with your name, and both sides see it in the timeline.</Trans>
            )}
          </span>
        </div>
      )}
      <ErrorSummary problems={problemsOf(reveal.error)} />
    </div>
  )
}

interface RowProps {
  item: Schema<'IdentifierOut'>
  opened?: Opened
  status: string
}

function Row({ item, opened, status }: RowProps) {
  const term = useTerm()
  const answered = item.outcome !== 'PENDING' || status === 'RESPONSE_UPLOADED' || status === 'COMPLETED'
  return (
    <li className={css.identifier}>
      <span className={css.type}>{term('identifierType', item.type)}</span>
      <span>{opened ? <CopyText value={opened.value} /> : <span className={css.masked}>{item.masked}</span>}</span>
      {answered && (
        <span>
          <ToneBadge tone={OUTCOME_TONE[item.outcome] ?? 'quiet'}>{term('outcome', item.outcome)}</ToneBadge>
          {item.reason_code && <span className={css.hint}> {term('reasonCode', item.reason_code)}</span>}
        </span>
      )}
      {opened && <Details opened={opened} />}
    </li>
  )
}

function Details({ opened }: { opened: Opened }) {
  const { from, to, port, note } = opened
  if (!from && !to && !port && !note) return null
  return (
    <span className={css.details}>
      {port && (
        <span>
          <Trans>Port {port}</Trans>
        </span>
      )}
      {from && (
        <span>
          <Trans>from {whenOf(from)}</Trans>
        </span>
      )}
      {to && (
        <span>
          <Trans>to {whenOf(to)}</Trans>
        </span>
      )}
      {note && <span>{note}</span>}
    </span>
  )
}

/** A moment where the officer gave one, else the words as they were written. */
const whenOf = (text: string) => (/T\d/.test(text) && !Number.isNaN(Date.parse(text)) ? formatDateTime(text) : text)
