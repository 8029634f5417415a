import { describe, expect, it } from 'vitest'
import { cut, labelStep, niceMax } from './scale.ts'

describe('niceMax', () => {
  it.each([
    [[0, 0], 1],
    [[7], 8],
    [[12, 3], 15],
    [[99.2], 100],
    [[0.3], 0.3],
    [[101], 150],
  ] as const)('of %j is %d', (values, max) => expect(niceMax(values)).toBeCloseTo(max))
})

describe('labelStep', () => {
  it('writes all labels where there is room, and fewer where not', () => {
    expect(labelStep(12, 900, 48)).toBe(1)
    expect(labelStep(12, 280, 48)).toBe(3)
    expect(labelStep(0, 280, 48)).toBe(1)
  })
})

it('cuts long names with an ellipsis', () => {
  expect(cut('Call detail records', 60)).toBe('Call det…')
  expect(cut('CDR', 60)).toBe('CDR')
})
