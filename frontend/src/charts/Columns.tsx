/** Columns over time or over classes; several series stand on each other. */
import { scaleBand, scaleLinear } from '@visx/scale'
import { Mark } from './Bars.tsx'
import css from './charts.module.css'
import { ChartFrame } from './frame.tsx'
import { colour, labelStep, niceMax } from './scale.ts'

export interface Series {
  name: string
  values: readonly (number | null)[]
  tone?: string
}

interface ColumnsProps {
  label: string
  /** What stands under each column. */
  names: readonly string[]
  nameHead: string
  series: readonly Series[]
  format?: (value: number) => string
  height?: number
  hrefs?: readonly (string | undefined)[]
  max?: number
  /** Side by side: for measures that are no parts of a whole. */
  grouped?: boolean
}

const MARGIN = { top: 12, right: 4, bottom: 24, left: 40 }

export function StackedBars({
  label,
  names,
  nameHead,
  series,
  format = String,
  height = 240,
  hrefs,
  max,
  grouped = false,
}: ColumnsProps) {
  const table = {
    head: [nameHead, ...series.map((each) => each.name)],
    rows: names.map((name, at) => [name, ...series.map((each) => each.values[at] ?? null)]),
  }
  const totals = names.map((_, at) => {
    const values = series.map((each) => each.values[at] ?? 0)
    return grouped ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0)
  })
  return (
    <ChartFrame
      label={label}
      table={table}
      height={height}
      format={format}
      keys={series.length > 1 && <SeriesKeys series={series} />}
    >
      {(width) => {
        const x = scaleBand({
          domain: names.map((_, at) => at),
          range: [MARGIN.left, width - MARGIN.right],
          padding: 0.28,
        })
        const y = scaleLinear({ domain: [0, max ?? niceMax(totals)], range: [height - MARGIN.bottom, MARGIN.top] })
        const step = labelStep(names.length, width - MARGIN.left, 52)
        return (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role={hrefs ? 'group' : 'img'}
            aria-label={label}
          >
            <Grid y={y} width={width} format={format} />
            {names.map((name, at) => {
              let below = 0
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are told apart by their place
                <Mark key={at} href={hrefs?.[at]}>
                  <title>{`${name}: ${series.map((each) => `${each.name} ${format(each.values[at] ?? 0)}`).join(', ')}`}</title>
                  <rect
                    x={x(at)}
                    y={MARGIN.top}
                    width={x.bandwidth()}
                    height={height - MARGIN.top - MARGIN.bottom}
                    fill="transparent"
                  />
                  {series.map((each, index) => {
                    const value = each.values[at] ?? 0
                    const from = y(grouped ? 0 : below)
                    below += value
                    const to = y(grouped ? value : below)
                    const width = grouped ? x.bandwidth() / series.length : x.bandwidth()
                    return (
                      <rect
                        key={each.name}
                        x={(x(at) ?? 0) + (grouped ? index * width : 0)}
                        y={to}
                        width={Math.max(1, width - (grouped ? 2 : 0))}
                        height={Math.max(0, from - to)}
                        rx={2}
                        fill={each.tone ?? colour(index)}
                      />
                    )
                  })}
                  {at % step === 0 && (
                    <text x={(x(at) ?? 0) + x.bandwidth() / 2} y={height - 6} textAnchor="middle" className={css.axis}>
                      {name}
                    </text>
                  )}
                </Mark>
              )
            })}
          </svg>
        )
      }}
    </ChartFrame>
  )
}

/** Columns that touch: how often a measure fell into each class. */
export function Histogram(props: Omit<ColumnsProps, 'series'> & { series: Series }) {
  return <StackedBars {...props} series={[props.series]} />
}

export function SeriesKeys({ series }: { series: readonly { name: string; tone?: string }[] }) {
  return (
    <ul className={css.keys}>
      {series.map((each, index) => (
        <li key={each.name}>
          <span className={css.swatch} style={{ background: each.tone ?? colour(index) }} aria-hidden />
          {each.name}
        </li>
      ))}
    </ul>
  )
}

interface GridProps {
  y: { ticks: (count: number) => number[]; (value: number): number }
  width: number
  format: (value: number) => string
}

export function Grid({ y, width, format }: GridProps) {
  return (
    <g aria-hidden>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? css.base : css.grid}
          />
          <text x={MARGIN.left - 8} y={y(tick)} dy="0.35em" textAnchor="end" className={css.axis}>
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  )
}
