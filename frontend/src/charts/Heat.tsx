/** A grid of cells whose strength is their number: days by hours. */
import css from './charts.module.css'
import { ChartFrame } from './frame.tsx'

interface HeatProps {
  label: string
  rowHead: string
  rows: readonly string[]
  columns: readonly string[]
  /** `values[row][column]` */
  values: readonly (readonly number[])[]
  format?: (value: number) => string
}

const CELL = 26
const TOP = 20

export function Heat({ label, rowHead, rows, columns, values, format = String }: HeatProps) {
  const height = TOP + rows.length * CELL
  const largest = Math.max(1, ...values.flat())
  const table = {
    head: [rowHead, ...columns],
    rows: rows.map((name, row) => [name, ...columns.map((_, at) => values[row]?.[at] ?? 0)]),
  }
  return (
    <ChartFrame label={label} table={table} height={height} format={format}>
      {(width) => {
        const left = 44
        const cell = (width - left) / columns.length
        const step = Math.max(1, Math.ceil(28 / cell))
        return (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
            {columns.map((name, column) =>
              column % step === 0 ? (
                <text key={name} x={left + column * cell + cell / 2} y={12} textAnchor="middle" className={css.axis}>
                  {name}
                </text>
              ) : null,
            )}
            {rows.map((name, row) => (
              <g key={name}>
                <text x={0} y={TOP + row * CELL + CELL / 2} dy="0.35em" className={css.axis}>
                  {name}
                </text>
                {columns.map((column, at) => {
                  const value = values[row]?.[at] ?? 0
                  return (
                    <rect
                      key={column}
                      x={left + at * cell + 1}
                      y={TOP + row * CELL + 1}
                      width={Math.max(1, cell - 2)}
                      height={CELL - 2}
                      rx={3}
                      fill={value === 0 ? 'var(--l-sunken)' : 'var(--l-series-1)'}
                      fillOpacity={value === 0 ? 1 : 0.2 + 0.8 * (value / largest)}
                    >
                      <title>{`${name} ${column}: ${format(value)}`}</title>
                    </rect>
                  )
                })}
              </g>
            ))}
          </svg>
        )
      }}
    </ChartFrame>
  )
}
