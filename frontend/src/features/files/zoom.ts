/** How large a page is drawn: `fit` follows the width there is. */
export type Zoom = 'fit' | number
export const ZOOM_STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

/** The next step up or down from a scale. */
export function zoomed(from: number, direction: 1 | -1): number {
  const steps = direction === 1 ? ZOOM_STEPS : [...ZOOM_STEPS].reverse()
  const next = steps.find((step) => (direction === 1 ? step > from + 0.01 : step < from - 0.01))
  return next ?? (direction === 1 ? ZOOM_STEPS[ZOOM_STEPS.length - 1] : ZOOM_STEPS[0]) ?? 1
}
