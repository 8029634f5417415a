import { describe, expect, it } from 'vitest'
import { ledgerLines, type SlaStep, slaBar } from './sla-ledger.ts'

const step = (kind: string, from: string, to: string | null, seconds: number | null): SlaStep => ({
  kind,
  from: `2026-11-20T${from}:00Z`,
  to: to && `2026-11-20T${to}:00Z`,
  seconds,
  note: '',
})
const STEPS = [
  step('COUNTED', '04:00', '06:00', 7200),
  step('PAUSED', '06:00', '08:00', 7200),
  step('EXTENDED', '07:00', '07:00', 3600),
  step('COUNTED', '08:00', '12:00', 14_400),
]

describe('ledgerLines', () => {
  it('adds up only what counts', () => {
    expect(ledgerLines(STEPS).map(({ used }) => used)).toEqual([7200, 7200, 7200, 21_600])
  })
})

describe('slaBar', () => {
  const at = (time: string) => Date.parse(`2026-11-20T${time}:00Z`)

  it('spans the promise, with the present in it', () => {
    const bar = slaBar(STEPS, '2026-11-20T12:00:00Z', at('08:00'))
    expect(bar?.pieces.map(({ kind, start, length }) => [kind, start, length])).toEqual([
      ['COUNTED', 0, 0.25],
      ['PAUSED', 0.25, 0.25],
      ['COUNTED', 0.5, 0.5],
    ])
    expect(bar?.now).toBe(0.5)
    expect(bar?.due).toBe(1)
  })

  it('shows what went over the due date, and no more of it than the promise was long', () => {
    const over = slaBar(STEPS, '2026-11-20T12:00:00Z', at('14:00'))
    expect(over?.pieces.at(-1)).toMatchObject({ kind: 'OVER', start: 0.8 })
    expect(over?.due).toBe(0.8)
    const long = slaBar(STEPS, '2026-11-20T12:00:00Z', at('23:59'))
    expect(long?.due).toBe(0.5)
    expect(long?.now).toBeNull()
  })

  it('runs up to the present while the clock stands', () => {
    const steps = [step('COUNTED', '04:00', '06:00', 7200), step('PAUSED', '06:00', null, null)]
    const bar = slaBar(steps, null, at('08:00'))
    expect(bar?.pieces.map(({ start, length }) => [start, length])).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ])
    expect(bar?.due).toBeNull()
  })

  it('is not there before the clock starts', () => expect(slaBar([], null, 0)).toBeNull())
})
