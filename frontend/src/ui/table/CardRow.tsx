/** One row as a card, where a table would be too narrow. */
import { useLingui } from '@lingui/react/macro'
import clsx from 'clsx'
import { memo } from 'react'
import { Check } from './Check.tsx'
import { type DrawnRow, handlersOf, placeOf } from './row-props.ts'
import css from './table.module.css'
import type { Column } from './types.ts'

function Drawn<Row>(drawn: DrawnRow<Row>) {
  const { look, live, item, at, start, measure, isActive, chosen } = drawn
  const { t } = useLingui()
  const where = { 'data-index': at, ref: measure, style: placeOf(start) }
  if (item.kind === 'group') {
    return (
      <li className={css.groupRow} {...where}>
        <span className={css.group}>{look.groupHead?.(item.group, item.count) ?? item.group}</span>
      </li>
    )
  }
  const { row, key } = item
  const faded = look.faded?.(row) ?? false
  const state = clsx(isActive && css.active, chosen && css.chosen, faded && css.faded, look.opens && css.opens)
  return (
    <li className={clsx(css.card, state)} {...where} {...handlersOf(drawn)}>
      {look.selects && (
        <Check
          label={t`Choose ${look.rowName?.(row) ?? key}`}
          checked={chosen}
          disabled={look.selectable?.(row) === false}
          onChange={(range) => live.current.selecting.toggle(key, range)}
        />
      )}
      <div className={css.cardBody}>
        {faded && <span className="l-visually-hidden">{t`No longer in this list:`} </span>}
        {look.card ? look.card(row) : <CardOf columns={look.columns} row={row} />}
      </div>
    </li>
  )
}

export const CardRow = memo(Drawn) as typeof Drawn

const placed = <Row,>(columns: readonly Column<Row>[], place: Column<Row>['card']) =>
  columns.filter((column, at) => (column.card ?? (at === 0 ? 'title' : 'line')) === place)

function CardOf<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return (
    <>
      <div className={css.cardHead}>
        <div className={css.cardTitle}>
          {placed(columns, 'title').map((column) => (
            <div key={column.id}>{column.cell(row)}</div>
          ))}
        </div>
        {placed(columns, 'aside').map((column) => (
          <div key={column.id}>{column.cell(row)}</div>
        ))}
      </div>
      <dl className={css.cardFacts}>
        {placed(columns, 'line').map((column) => (
          <div key={column.id}>
            <dt>{column.header}</dt>
            <dd>{column.cell(row)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
