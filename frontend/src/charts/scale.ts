/** Numbers that charts share: series colours, round ticks, and room for labels. */
export const SERIES = [
  'var(--l-series-1)',
  'var(--l-series-2)',
  'var(--l-series-3)',
  'var(--l-series-4)',
  'var(--l-series-5)',
  'var(--l-series-6)',
] as const
export const colour = (index: number): string => SERIES[index % SERIES.length] ?? SERIES[0]

export interface Margins {
  top: number
  right: number
  bottom: number
  left: number
}

/** Every how many labels one is written so that none touches the next. */
export function labelStep(count: number, width: number, room: number): number {
  if (count === 0 || width <= 0) return 1
  return Math.max(1, Math.ceil((count * room) / width))
}

/** The largest value of the axis: a round number a little above the data, never zero. */
export function niceMax(values: readonly number[]): number {
  const largest = Math.max(0, ...values)
  if (largest === 0) return 1
  const size = 10 ** Math.floor(Math.log10(largest))
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * size >= largest) ?? 10
  return step * size
}

/** The part of a text that fits in so many pixels at 12 px, by the width of an average letter. */
export function cut(text: string, pixels: number): string {
  const letters = Math.max(3, Math.floor(pixels / 6.6))
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}
