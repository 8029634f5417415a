import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { draw } from '~/testing/render.tsx'
import type { Rating } from '../queries.ts'
import { NO_RATING, RatingFields } from './RatingFields.tsx'

// A growing text field waits for its font, and jsdom has none.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })

function setUp() {
  const kept = { value: NO_RATING }
  function Held() {
    const [value, setValue] = useState<Rating>(NO_RATING)
    kept.value = value
    return <RatingFields value={value} onChange={setValue} clearable />
  }
  draw(<Held />)
  return kept
}

describe('RatingFields', () => {
  it('is chosen by the arrow keys, says the word, and takes a comment', async () => {
    const kept = setUp()
    expect(screen.queryByRole('textbox')).toBeNull()
    screen.getByRole('radio', { name: '1: Poor' }).focus()
    await userEvent.keyboard(' {ArrowRight}{ArrowRight}{ArrowRight}')
    expect(screen.getByText('Good')).toBeInTheDocument()
    await userEvent.type(screen.getByRole('textbox', { name: 'Comment on the rating' }), 'Fast.')
    expect(kept.value).toEqual({ score: 4, comment: 'Fast.' })
  })

  it('can be taken back', async () => {
    const kept = setUp()
    await userEvent.click(screen.getByRole('radio', { name: '2: Weak' }))
    await userEvent.click(screen.getByRole('button', { name: 'Take it back' }))
    expect(kept.value).toEqual(NO_RATING)
    expect(screen.getAllByRole('radio', { checked: false })).toHaveLength(5)
  })
})
