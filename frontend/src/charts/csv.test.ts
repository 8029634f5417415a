import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what needs quotes and leaves no formula to run', () => {
  const text = csvOf({
    head: ['Name', 'n'],
    rows: [
      ['=HYPERLINK("x")', 3],
      ['a, "b"', null],
      ['-5 °C', 1.5],
    ],
  })
  expect(text).toBe('\uFEFFName,n\r\n"\'=HYPERLINK(""x"")",3\r\n"a, ""b""",\r\n\'-5 °C,1.5\r\n')
})
