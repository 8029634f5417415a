/** A line of the size of a word; its numbers are in the label. */
import css from './charts.module.css'

interface SparklineProps {
  label: string
  values: readonly number[]
  width?: number
  height?: number
}

export function Sparkline({ label, values, width = 96, height = 24 }: SparklineProps) {
  const largest = Math.max(1, ...values)
  const step = values.length > 1 ? (width - 4) / (values.length - 1) : 0
  const points = values.map((value, at) => `${2 + at * step},${height - 3 - (value / largest) * (height - 6)}`)
  const last = points.at(-1)?.split(',')
  return (
    <svg className={css.spark} width={width} height={height} role="img" aria-label={label}>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--l-series-1)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      {last && <circle cx={last[0]} cy={last[1]} r={2.25} fill="var(--l-series-1)" />}
    </svg>
  )
}
