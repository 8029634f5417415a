/** Lines over time, each with its name at its end. Points without a value interrupt the line. */
import { scaleLinear, scalePoint } from '@visx/scale'
import { LinePath } from '@visx/shape'
import { Mark } from './Bars.tsx'
import { Grid, type Series, SeriesKeys } from './Columns.tsx'
import css from './charts.module.css'
import { ChartFrame } from './frame.tsx'
import { colour, labelStep, niceMax } from './scale.ts'

interface LinesProps {
  label: string
  names: readonly string[]
  nameHead: string
  series: readonly Series[]
  format?: (value: number) => string
  height?: number
  max?: number
  /** A line across: the promise, the goal. */
  goal?: { value: number; name: string }
  hrefs?: readonly (string | undefined)[]
}

const MARGIN = { top: 12, right: 12, bottom: 24, left: 40 }

export function Lines({ label, names, nameHead, series, format = String, height = 240, max, goal, hrefs }: LinesProps) {
  const table = {
    head: [nameHead, ...series.map((each) => each.name)],
    rows: names.map((name, at) => [name, ...series.map((each) => each.values[at] ?? null)]),
  }
  const values = series.flatMap((each) => each.values.filter((value) => value !== null))
  return (
    <ChartFrame
      label={label}
      table={table}
      height={height}
      format={format}
      keys={series.length > 1 && <SeriesKeys series={series} />}
    >
      {(width) => {
        const x = scalePoint({
          domain: names.map((_, at) => at),
          range: [MARGIN.left, width - MARGIN.right],
          padding: 0.3,
        })
        const y = scaleLinear({
          domain: [0, max ?? niceMax([...values, goal?.value ?? 0])],
          range: [height - MARGIN.bottom, MARGIN.top],
        })
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
            {goal && (
              <g>
                <line
                  x1={MARGIN.left}
                  x2={width - MARGIN.right}
                  y1={y(goal.value)}
                  y2={y(goal.value)}
                  stroke="var(--l-dim)"
                  strokeDasharray="4 4"
                />
                <text x={width - MARGIN.right} y={y(goal.value) - 6} textAnchor="end" className={css.axis}>
                  {goal.name}
                </text>
              </g>
            )}
            {names.map((name, at) =>
              at % step === 0 ? (
                <text key={name} x={x(at)} y={height - 6} textAnchor="middle" className={css.axis}>
                  {name}
                </text>
              ) : null,
            )}
            {series.map((each, index) => {
              const tone = each.tone ?? colour(index)
              const points = each.values.map((value, at) => ({ at, value }))
              return (
                <g key={each.name}>
                  <LinePath
                    data={points}
                    x={(point) => x(point.at) ?? 0}
                    y={(point) => y(point.value ?? 0)}
                    defined={(point) => point.value !== null}
                    stroke={tone}
                    strokeWidth={2.25}
                    strokeLinejoin="round"
                  />
                  {points.map(({ at, value }) =>
                    value === null ? null : (
                      <Mark key={at} href={hrefs?.[at]}>
                        <title>{`${names[at]}: ${each.name} ${format(value)}`}</title>
                        <circle cx={x(at)} cy={y(value)} r={12} fill="transparent" />
                        <circle
                          cx={x(at)}
                          cy={y(value)}
                          r={3.5}
                          fill="var(--l-surface)"
                          stroke={tone}
                          strokeWidth={2}
                        />
                      </Mark>
                    ),
                  )}
                </g>
              )
            })}
          </svg>
        )
      }}
    </ChartFrame>
  )
}
