/** Figures as they are written on these pages. */
import { formatDuration, formatNumber, formatPercent } from '~/i18n/index.ts'

export const percent = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatPercent(value, 1)
export const hours = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatDuration(value * 3_600, 'narrow')
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatNumber(value)
/** Below so many cases a rate says more about chance than about work. */
export const FEW = 5
/** The same for a single month among others. */
export const FEW_IN_A_MONTH = 3
