/** One row of a table, or the heading of a group of rows. */
import { useLingui } from '@lingui/react/macro'
import clsx from 'clsx'
import { memo } from 'react'
import { Check } from './Check.tsx'
import { ROLES } from './roles.ts'
import { type DrawnRow, handlersOf, placeOf } from './row-props.ts'
import css from './table.module.css'

function Drawn<Row>(drawn: DrawnRow<Row>) {
  const { look, live, item, at, start, measure, isActive, chosen } = drawn
  const { t } = useLingui()
  const where = { 'data-index': at, ref: measure, style: placeOf(start) }
  if (item.kind === 'group') {
    return (
      <tr className={css.groupRow} {...where} {...ROLES.row}>
        <th colSpan={look.columns.length + (look.selects ? 1 : 0)} className={css.group} scope="rowgroup">
          {look.groupHead?.(item.group, item.count) ?? item.group}
        </th>
      </tr>
    )
  }
  const { row, key, index } = item
  const faded = look.faded?.(row) ?? false
  const state = clsx(isActive && css.active, chosen && css.chosen, faded && css.faded, look.opens && css.opens)
  return (
    <tr
      className={clsx(css.row, css.data, state)}
      aria-rowindex={index + 2}
      {...where}
      {...handlersOf(drawn)}
      {...ROLES.row}
    >
      {look.selects && (
        <td className={css.check} {...ROLES.cell}>
          <Check
            label={t`Choose ${look.rowName?.(row) ?? key}`}
            checked={chosen}
            disabled={look.selectable?.(row) === false}
            onChange={(range) => live.current.selecting.toggle(key, range)}
          />
        </td>
      )}
      {look.columns.map((column, place) => (
        <td key={column.id} className={clsx(css.cell, column.align === 'end' && css.end)} {...ROLES.cell}>
          {faded && place === 0 && <span className="l-visually-hidden">{t`No longer in this list:`} </span>}
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

export const TableRow = memo(Drawn) as typeof Drawn
