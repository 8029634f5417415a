import { describe, expect, it } from 'vitest'
import { between, compare, itemsOf, neighbour } from './items.ts'

const row = (id: string, group = 'a') => ({ id, group })

describe('itemsOf', () => {
  it('puts each group under one heading, counted, and numbers rows through', () => {
    const items = itemsOf(
      [row('1', 'late'), row('2', 'soon'), row('3', 'late')],
      (each) => each.id,
      (each) => each.group,
    )
    expect(
      items.map((item) => (item.kind === 'group' ? `${item.group} ${item.count}` : `${item.key}@${item.index}`)),
    ).toEqual(['late 2', '1@0', '3@1', 'soon 1', '2@2'])
  })

  it('keeps to an order of groups, and heads none that is empty', () => {
    const items = itemsOf(
      [row('1', 'soon'), row('2', 'other'), row('3', 'late')],
      (each) => each.id,
      (each) => each.group,
      ['late', 'soon', 'closed'],
    )
    expect(items.map((item) => item.key)).toEqual(['group:late', '3', 'group:soon', '1', 'group:other', '2'])
  })

  it('has no headings without groups', () => {
    expect(itemsOf([row('1')], (each) => each.id)).toEqual([{ kind: 'row', key: '1', row: row('1'), index: 0 }])
  })
})

describe('neighbour', () => {
  it('begins at an end, goes on, and stops at the other', () => {
    expect(neighbour(['a', 'b'], null, 1)).toBe('a')
    expect(neighbour(['a', 'b'], null, -1)).toBe('b')
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b')
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b')
    expect(neighbour(['a', 'b'], 'gone', 1)).toBe('a')
    expect(neighbour([], null, 1)).toBeNull()
  })
})

describe('between', () => {
  it('goes both ways and survives a start that is gone', () => {
    expect(between(['a', 'b', 'c'], 'c', 'b')).toEqual(['b', 'c'])
    expect(between(['a', 'b', 'c'], 'x', 'b')).toEqual(['b'])
  })
})

describe('compare', () => {
  it('sorts numbers by size, also within text, and texts without regard to case', () => {
    expect(compare(2, 10)).toBeLessThan(0)
    expect(compare('LERS-9', 'LERS-10')).toBeLessThan(0)
    expect(compare('a', 'A')).toBe(0)
  })
})
