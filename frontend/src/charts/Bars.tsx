/** Horizontal bars with their names and values beside them: parts of a whole, one series. */
import { useRouter } from '@tanstack/react-router'
import { scaleLinear } from '@visx/scale'
import type { MouseEvent, ReactNode } from 'react'
import css from './charts.module.css'
import { ChartFrame } from './frame.tsx'
import { colour, cut, niceMax } from './scale.ts'

export interface Bar {
  key: string
  name: string
  value: number
  /** Where the bar leads: the list of what it counts. */
  href?: string
  tone?: string
}

interface BarsProps {
  label: string
  bars: readonly Bar[]
  nameHead: string
  valueHead: string
  format?: (value: number) => string
  /** The end of the axis, where it is known: 100 for percent. */
  max?: number
}

const ROW = 34

export function Bars({ label, bars, nameHead, valueHead, format = String, max }: BarsProps) {
  const height = Math.max(ROW, bars.length * ROW)
  const table = { head: [nameHead, valueHead], rows: bars.map((bar) => [bar.name, bar.value] as const) }
  return (
    <ChartFrame label={label} table={table} height={height} format={format}>
      {(width) => {
        const names = Math.min(180, width * 0.42)
        const values = 64
        const scale = scaleLinear({
          domain: [0, max ?? niceMax(bars.map((bar) => bar.value))],
          range: [0, Math.max(8, width - names - values)],
        })
        return (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role={bars.some((bar) => bar.href) ? 'group' : 'img'}
            aria-label={label}
          >
            {bars.map((bar, row) => (
              <Mark key={bar.key} href={bar.href}>
                <title>{`${bar.name}: ${format(bar.value)}`}</title>
                <rect x={0} y={row * ROW} width={width} height={ROW} fill="transparent" />
                <text x={0} y={row * ROW + ROW / 2} dy="0.35em" className={css.axis}>
                  {cut(bar.name, names - 8)}
                </text>
                <rect
                  x={names}
                  y={row * ROW + 8}
                  width={Math.max(2, scale(bar.value))}
                  height={ROW - 16}
                  rx={4}
                  fill={bar.tone ?? colour(0)}
                />
                <text
                  x={names + Math.max(2, scale(bar.value)) + 8}
                  y={row * ROW + ROW / 2}
                  dy="0.35em"
                  className={css.value}
                >
                  {format(bar.value)}
                </text>
              </Mark>
            ))}
          </svg>
        )
      }}
    </ChartFrame>
  )
}

/** A mark that leads somewhere is a link, and has the focus and the name of one. */
export function Mark({ href, children }: { href?: string; children: ReactNode }) {
  const router = useRouter({ warn: false })
  const go = (event: MouseEvent) => {
    if (!router || !href || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    router.history.push(href)
  }
  return href ? (
    <a href={href} className={css.mark} onClick={go}>
      {children}
    </a>
  ) : (
    <g className={css.mark}>{children}</g>
  )
}
