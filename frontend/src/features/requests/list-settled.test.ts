import { describe, expect, it } from 'vitest'
import { extend, refresh, settle } from './list-settled.ts'

const row = (id: string, version = 1) => ({ id, version })
const shown = [row('a'), row('b'), row('c')]

describe('refresh', () => {
  it('changes rows where they stand, whatever their new place is', () => {
    const { rows, gone, arrived } = refresh(shown, [row('c', 2), row('a', 2), row('b')], false)
    expect(rows).toEqual([row('a', 2), row('b'), row('c', 2)])
    expect([gone.size, arrived]).toEqual([0, 0])
  })

  it('counts what came and does not show it', () => {
    const { rows, arrived } = refresh(shown, [row('x'), ...shown], false)
    expect(rows).toEqual(shown)
    expect(arrived).toBe(1)
  })

  it('keeps what left, and says so', () => {
    const { rows, gone } = refresh(shown, [row('a'), row('c')], false)
    expect(rows).toEqual(shown)
    expect([...gone]).toEqual(['b'])
  })

  it('does not take a row for gone that only went to the next page', () => {
    expect(refresh(shown, [row('x'), row('a'), row('b')], true).gone.size).toBe(0)
    expect([...refresh(shown, [row('x'), row('a'), row('b')], false).gone]).toEqual(['c'])
    expect([...refresh(shown, [row('x'), row('b'), row('c')], true).gone]).toEqual(['a'])
  })
})

describe('extend', () => {
  it('puts the next page under the rows, each row once', () => {
    expect(extend(shown, [row('a', 2)], [row('c'), row('d'), row('d')])).toEqual([
      row('a', 2),
      row('b'),
      row('c'),
      row('d'),
    ])
  })
})

describe('settle', () => {
  it('takes the rows as they are, each once', () => {
    expect(settle([row('a'), row('b'), row('a', 2)]).rows).toEqual([row('a', 2), row('b')])
  })
})
