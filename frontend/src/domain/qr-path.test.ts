import { describe, expect, it } from 'vitest'
import { QUIET_ZONE, qrPath, qrSide } from './qr-path.ts'

/** Fill the cells of a path again, without the quiet zone. */
function cellsOf(path: string, size: number): string[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '0'))
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    const row = rows[Number(y) - QUIET_ZONE] as string[]
    for (let step = 0; step < Number(width); step += 1) row[Number(x) - QUIET_ZONE + step] = '1'
  }
  return rows.map((row) => row.join(''))
}

describe('qrPath', () => {
  it.each([[['101', '010', '111']], [['000', '000', '000']], [['1']]])(
    'draws every dark cell of %j and no other',
    (rows) => {
      expect(cellsOf(qrPath(rows), rows.length)).toEqual(rows)
    },
  )

  it('draws neighbours as one rectangle', () => {
    expect(qrPath(['1101'])).toBe('M4 4h2v1h-2zM7 4h1v1h-1z')
  })

  it('leaves the quiet zone around', () => {
    expect(qrSide(['11', '11'])).toBe(2 + 2 * QUIET_ZONE)
  })
})
