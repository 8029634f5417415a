import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { Problem } from '~/api/index.ts'
import { draw } from '~/testing/render.tsx'
import { ErrorSummary, problemsOf } from './Forms.tsx'

describe('ErrorSummary', () => {
  it('takes the focus and leads to the field', async () => {
    draw(
      <>
        <ErrorSummary problems={[{ field: 'name', message: 'Enter a name' }]} />
        <input id="name" aria-label="Name" />
      </>,
    )
    expect(screen.getByRole('alert')).toHaveFocus()
    await userEvent.click(screen.getByRole('link', { name: 'Enter a name' }))
    expect(screen.getByLabelText('Name')).toHaveFocus()
  })

  it('is not there without problems', () => {
    draw(<ErrorSummary problems={[]} />)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('problemsOf', () => {
  it('flattens nested field errors and maps them to fields', () => {
    const problem = new Problem(
      422,
      { code: 'invalid', errors: { identifiers: { 0: { value: ['Not a number'] } } } as never },
      null,
    )
    expect(problemsOf(problem)).toEqual([{ field: 'identifiers.0.value', message: 'Not a number' }])
  })

  it('tells the sentence of an error without fields', () => {
    expect(problemsOf(new Problem(409, { detail: 'It has changed.' }, null))).toEqual([{ message: 'It has changed.' }])
  })
})
