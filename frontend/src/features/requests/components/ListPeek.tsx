/** A look at one request beside the list, without leaving it. Shows what the row has: opening it costs no question. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatPlainDate, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Facts, Person, PriorityBadge, StatusBadge, Time } from '~/ui/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import type { Listed } from '../list-queries.ts'
import { STEP_LABEL } from './action-words.ts'
import css from './list.module.css'
import { NextStep } from './NextStep.tsx'
import { useRequestActions } from './use-request-actions.tsx'

interface ListPeekProps {
  row: Listed
  /** There is room beside the list; else it lies over it. */
  beside: boolean
  onClose: () => void
  onDone: () => void
}

export default function ListPeek({ row, beside, onClose, onDone }: ListPeekProps) {
  const { t } = useLingui()
  useKeys({ Escape: { run: onClose, label: t`Close the preview` } }, { scope: t`List` })
  if (!beside) {
    return (
      <Drawer opened onClose={onClose} position="right" size="24rem" title={row.request_number}>
        <Content row={row} onDone={onDone} />
      </Drawer>
    )
  }
  return (
    <aside className={css.peek} aria-label={t`Preview of ${row.request_number}`}>
      <div className={css.peekHead}>
        <h2>{row.request_number}</h2>
        <ActionIcon onClick={onClose} aria-label={t`Close the preview`}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      <Content row={row} onDone={onDone} />
    </aside>
  )
}

function Content({ row, onDone }: { row: Listed; onDone: () => void }) {
  const { i18n, t } = useLingui()
  const term = useTerm()
  const { primary, take, dialog } = useRequestActions(row, { onDone })
  const period = [row.date_range_from, row.date_range_to].map((day) => (day ? formatPlainDate(day) : '…')).join(' – ')
  return (
    <div className={css.peekBody}>
      <div className={css.numberLine}>
        <StatusBadge status={row.status} />
        <PriorityBadge priority={row.priority} />
      </div>
      <SlaClock request={row} variant="full" />
      <p className={css.peekNext}>
        <NextStep request={row} mine={primary} />
      </p>
      <div className={css.quick}>
        <Button
          component={Link}
          to={'/requests/$requestId' as string}
          params={{ requestId: row.id } as never}
          variant={primary ? 'default' : 'filled'}
        >
          <Trans>Open</Trans>
        </Button>
        {primary && <Button onClick={() => take(primary)}>{i18n._(STEP_LABEL[primary])}</Button>}
      </div>
      <Facts
        rows={[
          [t`Asked for`, term('requestType', row.request_type)],
          [t`Provider`, row.provider_tenant.name],
          [t`Agency`, row.agency_tenant.name],
          [t`Identifiers`, row.identifiers?.length ? <Identifiers key="identifiers" row={row} /> : null],
          [t`Period`, row.date_range_from || row.date_range_to ? period : null],
          [t`Mandate`, row.legal_mandate_type ? term('mandateType', row.legal_mandate_type) : null],
          [t`Court order`, row.court_order_number],
          [t`Case`, row.case_reference],
          [t`Officer`, row.created_by ? <Person key="officer" person={row.created_by} /> : null],
          [t`Assigned to`, row.assigned_to ? <Person key="assigned" person={row.assigned_to} /> : null],
          [t`Last change`, <Time key="changed" at={row.updated_at} />],
        ]}
      />
      {row.description && <p className={css.peekText}>{row.description}</p>}
      {dialog}
    </div>
  )
}

const SHOWN = 5

function Identifiers({ row }: { row: Listed }) {
  const term = useTerm()
  const all = row.identifiers ?? []
  const left = all.length - SHOWN
  return (
    <ul className={css.plainList}>
      {all.slice(0, SHOWN).map((each) => (
        <li key={each.id}>
          {term('identifierType', each.type)} {each.masked}
        </li>
      ))}
      {left > 0 && (
        <li>
          <Trans>and {left} more</Trans>
        </li>
      )}
    </ul>
  )
}
