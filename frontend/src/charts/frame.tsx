/** What every chart has around it: its own table, the table as CSV, and its width. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { saveBlob } from '~/api/index.ts'
import type { ChartTable } from './chart-table.ts'
import css from './charts.module.css'
import { csvOf } from './csv.ts'

interface FrameProps {
  /** What the chart shows, for readers who do not see it and for the file's name. */
  label: string
  table: ChartTable
  height: number
  /** How a number of the table is written; the CSV has the plain numbers. */
  format?: (value: number) => string
  /** Names of the series, where there are several. */
  keys?: ReactNode
  children: (width: number) => ReactNode
}

export function ChartFrame({ label, table, height, format = String, keys, children }: FrameProps) {
  const { t } = useLingui()
  const [asTable, setAsTable] = useState(false)
  const { box, width } = useWidth()
  const save = () => saveBlob(new Blob([csvOf(table)], { type: 'text/csv' }), `${label}.csv`)
  return (
    <figure className={css.frame} aria-label={label}>
      <div className={css.head}>
        {keys}
        <div className={`${css.tools} l-no-print`}>
          <ActionIcon
            size="md"
            onClick={() => setAsTable(!asTable)}
            aria-pressed={asTable}
            title={asTable ? t`Show as chart` : t`Show as table`}
            aria-label={t`${label}: show as table`}
          >
            {asTable ? <IconChartBar size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
          </ActionIcon>
          <ActionIcon size="md" onClick={save} title={t`Save as CSV`} aria-label={t`${label}: save as CSV`}>
            <IconDownload size={17} stroke={1.7} />
          </ActionIcon>
        </div>
      </div>
      {asTable ? (
        <DataOf table={table} label={label} format={format} />
      ) : (
        <div ref={box} className={css.box} style={{ blockSize: height }}>
          {width > 0 && children(width)}
        </div>
      )}
    </figure>
  )
}

function DataOf({ table, label, format }: { table: ChartTable; label: string; format: (value: number) => string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={`${label}: ${table.head.join(', ')}`}>
      <table className={css.table}>
        <caption className="l-visually-hidden">{label}</caption>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0])}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={table.head[column]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={table.head[column]}>{typeof cell === 'number' ? format(cell) : (cell ?? '–')}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The width of an element, followed as it changes. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    setWidth(Math.floor(element.getBoundingClientRect().width))
    return () => observer.disconnect()
  })
  return { box, width }
}

/** Too few cases for a figure: the number is told, and no line pretends to be a trend. */
export function TooFew({ n }: { n: number }) {
  return (
    <p className={css.few}>
      <Trans>Too little data for a figure: n = {n}.</Trans>
    </p>
  )
}
