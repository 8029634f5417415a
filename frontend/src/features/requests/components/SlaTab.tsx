/** Why the request is due when it is: each interval that was counted, closed, or stood still, and what was granted. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Schema } from '~/api/index.ts'
import { formatDateTime, formatDuration } from '~/i18n/index.ts'
import { EmptyState, Facts, QueryState, ToneBadge, useNow } from '~/ui/index.ts'
import { type LersRequest, slaQuery } from '../queries.ts'
import { type Bar, type LedgerLine, ledgerLines, slaBar } from '../sla-ledger.ts'
import { row } from './row.ts'
import css from './sla.module.css'

type Sla = Schema<'SlaOut'>

export function SlaTab({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const sla = useQuery(slaQuery(request.id))
  return (
    <QueryState query={sla} lines={6}>
      {(found) =>
        found.started_at ? (
          <SlaLedger sla={found} request={request} />
        ) : (
          <EmptyState title={t`The clock has not started`}>
            <Trans>It starts when the request is submitted to {request.provider_tenant.name}.</Trans>
          </EmptyState>
        )
      }
    </QueryState>
  )
}

export function SlaLedger({ sla, request }: { sla: Sla; request: LersRequest }) {
  return (
    <div className={css.sla}>
      <Summary sla={sla} request={request} />
      <SlaBar sla={sla} request={request} />
      <Ledger sla={sla} />
      <Extensions sla={sla} />
    </div>
  )
}

function Summary({ sla, request }: { sla: Sla; request: LersRequest }) {
  const { t } = useLingui()
  const hours = sla.promised_hours
  const zone = sla.calendar && typeof sla.calendar.timezone === 'string' ? sla.calendar.timezone : null
  return (
    <Facts
      rows={[
        row(t`Promised`, typeof hours === 'number' && <Plural value={hours} one="# hour" other="# hours" />),
        row(
          t`Counted`,
          sla.business_hours ? (
            <Trans>in the business hours of {request.provider_tenant.name}</Trans>
          ) : (
            <Trans>around the clock</Trans>
          ),
        ),
        row(t`Time zone`, sla.business_hours ? zone : null),
        row(t`Set by law`, sla.statutory ? <Trans>Yes: it never stands still</Trans> : null),
        row(t`Started`, sla.started_at && formatDateTime(sla.started_at)),
        row(t`Due`, sla.due ? formatDateTime(sla.due) : <Trans>Open while the clock stands still</Trans>),
        row(
          t`Left`,
          typeof sla.remaining_seconds === 'number' && sla.remaining_seconds > 0
            ? formatDuration(sla.remaining_seconds, 'long')
            : null,
        ),
        row(t`Ended`, request.closed_at && formatDateTime(request.closed_at)),
        row(t`Passed its due date`, sla.breached_at && formatDateTime(sla.breached_at)),
        row(t`Result`, typeof sla.met === 'boolean' ? <Result met={sla.met} /> : null),
      ]}
    />
  )
}

function Result({ met }: { met: boolean }) {
  return <ToneBadge tone={met ? 'good' : 'bad'}>{met ? <Trans>On time</Trans> : <Trans>Late</Trans>}</ToneBadge>
}

function SlaBar({ sla, request }: { sla: Sla; request: LersRequest }) {
  const { t } = useLingui()
  const present = useNow(60_000)
  // A closed request does not grow any more.
  const now = request.closed_at ? Date.parse(request.closed_at) : present
  const bar = slaBar(sla.steps, sla.due ?? null, now)
  if (!bar) return null
  return (
    <figure className={css.figure}>
      <div className={css.bar} role="img" aria-label={t`The time from the start to the due date`}>
        {bar.pieces.map(({ key, kind, start, length }) => (
          <span
            key={key}
            className={clsx(css.piece, css[kind.toLowerCase()])}
            style={{ insetInlineStart: `${start * 100}%`, inlineSize: `${length * 100}%` }}
          />
        ))}
        {bar.due !== null && <span className={css.due} style={{ insetInlineStart: `${bar.due * 100}%` }} />}
        {bar.now !== null && <span className={css.now} style={{ insetInlineStart: `${bar.now * 100}%` }} />}
      </div>
      <BarLegend bar={bar} closed={Boolean(request.closed_at)} />
    </figure>
  )
}

function BarLegend({ bar, closed }: { bar: Bar; closed: boolean }) {
  const kinds = [...new Set(bar.pieces.map(({ kind }) => kind))]
  return (
    <figcaption className={css.legend}>
      <span className={css.ends}>
        <span>{formatDateTime(bar.from)}</span>
        <span>{formatDateTime(bar.to)}</span>
      </span>
      <span className={css.kinds}>
        {kinds.map((kind) => (
          <span key={kind} className={css.kind}>
            <span className={clsx(css.swatch, css[kind.toLowerCase()])} aria-hidden />
            <KindWords kind={kind} />
          </span>
        ))}
        {bar.now !== null && (
          <span className={css.kind}>
            <span className={css.nowSwatch} aria-hidden />
            {closed ? <Trans>Ended</Trans> : <Trans>Now</Trans>}
          </span>
        )}
      </span>
    </figcaption>
  )
}

function KindWords({ kind }: { kind: string }): ReactNode {
  switch (kind) {
    case 'COUNTED':
      return <Trans>Counted</Trans>
    case 'CLOSED':
      return <Trans>Outside business hours</Trans>
    case 'HOLIDAY':
      return <Trans>Holiday</Trans>
    case 'PAUSED':
      return <Trans>Stood still</Trans>
    case 'EXTENDED':
      return <Trans>More time granted</Trans>
    case 'RECALCULATED':
      return <Trans>Worked out anew</Trans>
    case 'OVER':
      return <Trans>Over the due date</Trans>
    default:
      return kind.toLowerCase()
  }
}

function NoteWords({ note }: { note: string }): ReactNode {
  if (note === 'REQUEST_INFO') return <Trans>a question to the officer</Trans>
  if (note === 'CHALLENGE') return <Trans>a doubt about the requester</Trans>
  return note
}

function Ledger({ sla }: { sla: Sla }) {
  const lines = ledgerLines(sla.steps)
  return (
    <div className={css.scroll}>
      <table className={css.ledger}>
        <caption>
          <Trans>How the time was counted</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>What</Trans>
            </th>
            <th scope="col">
              <Trans>From</Trans>
            </th>
            <th scope="col">
              <Trans>To</Trans>
            </th>
            <th scope="col" className={css.figureCell}>
              <Trans>Time</Trans>
            </th>
            <th scope="col" className={css.figureCell}>
              <Trans>Used in all</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LedgerRow key={line.key} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function LedgerRow({ line }: { line: LedgerLine }) {
  const { t } = useLingui()
  const sudden = line.kind === 'EXTENDED' || line.kind === 'RECALCULATED'
  return (
    <tr>
      <th scope="row">
        <span className={css.kind}>
          <span className={clsx(css.swatch, css[line.kind.toLowerCase()])} aria-hidden />
          <span>
            <KindWords kind={line.kind} />
            {line.note && line.note !== 'EXTENSION' && (
              <span className={css.note}>
                {' – '}
                <NoteWords note={line.note} />
              </span>
            )}
          </span>
        </span>
      </th>
      <td data-label={t`From`}>{formatDateTime(line.from)}</td>
      <td data-label={t`To`}>{sudden ? '' : line.to ? formatDateTime(line.to) : <Trans>still</Trans>}</td>
      <td data-label={t`Time`} className={css.figureCell}>
        {line.seconds === null ? '–' : formatDuration(line.seconds)}
      </td>
      <td data-label={t`Used in all`} className={css.figureCell}>
        {line.kind === 'COUNTED' ? formatDuration(line.used) : ''}
      </td>
    </tr>
  )
}

function Extensions({ sla }: { sla: Sla }) {
  if (sla.extensions.length === 0) return null
  return (
    <section>
      <h3 className={css.heading}>
        <Trans>More time that was asked for</Trans>
      </h3>
      <ul className={css.wishes}>
        {sla.extensions.map((wish) => (
          <li key={wish.asked_at} className={css.wish}>
            <p>
              <strong>
                <Plural value={wish.hours} one="# hour" other="# hours" />
              </strong>{' '}
              <Answer granted={wish.granted ?? null} />
            </p>
            <p>{wish.reason}</p>
            <p className={css.note}>
              <Trans>Asked for on {formatDateTime(wish.asked_at)}</Trans>
              {wish.decided_at && (
                <>
                  {' · '}
                  <Trans>answered on {formatDateTime(wish.decided_at)}</Trans>
                </>
              )}
            </p>
            {wish.comments && <p>{wish.comments}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Answer({ granted }: { granted: boolean | null }) {
  if (granted === null) {
    return (
      <ToneBadge tone="warn">
        <Trans>Waits for an answer</Trans>
      </ToneBadge>
    )
  }
  return (
    <ToneBadge tone={granted ? 'good' : 'bad'}>{granted ? <Trans>Granted</Trans> : <Trans>Refused</Trans>}</ToneBadge>
  )
}
