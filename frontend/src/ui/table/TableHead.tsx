/** The head of a table: names of columns that sort, and the checkbox for all. */
import { useLingui } from '@lingui/react/macro'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import clsx from 'clsx'
import { Check } from './Check.tsx'
import { ROLES } from './roles.ts'
import css from './table.module.css'
import type { Column } from './types.ts'
import type { Selecting } from './use-selecting.ts'
import type { TableModel } from './use-table-model.ts'

interface TableHeadProps<Row> {
  model: TableModel<Row>
  selecting: Selecting
}

export function TableHead<Row>({ model, selecting }: TableHeadProps<Row>) {
  const { t } = useLingui()
  return (
    <thead className={css.head} {...ROLES.group}>
      <tr className={css.row} aria-rowindex={1} {...ROLES.row}>
        {!selecting.off && (
          <th className={css.check} {...ROLES.head}>
            <Check
              label={t`Choose all rows`}
              checked={selecting.all}
              partly={selecting.some}
              onChange={() => selecting.toggleAll()}
            />
          </th>
        )}
        {model.columns.map((column) => (
          <HeadCell key={column.id} column={column} model={model} />
        ))}
      </tr>
    </thead>
  )
}

function HeadCell<Row>({ column, model }: { column: Column<Row>; model: TableModel<Row> }) {
  const name = typeof column.sort === 'string' ? column.sort : column.id
  const sorted = model.sort?.id === name ? (model.sort.descending ? 'descending' : 'ascending') : undefined
  const Icon = sorted === 'ascending' ? IconArrowUp : sorted === 'descending' ? IconArrowDown : IconSelector
  return (
    <th className={clsx(css.cell, column.align === 'end' && css.end)} aria-sort={sorted} {...ROLES.head}>
      {column.sort === undefined ? (
        <span className={css.name}>{column.header}</span>
      ) : (
        <button type="button" className={css.sort} onClick={() => model.toggle(column)}>
          <span className={css.name}>{column.header}</span>
          <Icon size={14} stroke={1.8} aria-hidden className={clsx(css.arrow, sorted && css.sorted)} />
        </button>
      )}
    </th>
  )
}
