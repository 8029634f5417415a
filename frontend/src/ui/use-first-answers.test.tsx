import { useQuery } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { draw } from '~/testing/render.tsx'
import { useFirstAnswers } from './use-first-answers.ts'

const NAMED = ['first-answers', 'named']

function Part({ name, after }: { name: string; after: number }) {
  useQuery({
    queryKey: ['first-answers', name],
    queryFn: () => new Promise((answer) => setTimeout(() => answer(name), after)),
  })
  return null
}

function Screen({ answers, of }: { answers: Record<string, number>; of?: readonly string[] }) {
  const there = useFirstAnswers(of)
  return (
    <>
      {Object.entries(answers).map(([name, after]) => (
        <Part key={name} name={name} after={after} />
      ))}
      <output>{there ? 'there' : 'awaited'}</output>
    </>
  )
}

const said = () => screen.getByRole('status').textContent
const moments = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

describe('useFirstAnswers', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for the last of the first answers', async () => {
    draw(<Screen answers={{ one: 50, other: 100 }} />)
    await moments(90)
    expect(said()).toBe('awaited')
    await moments(20)
    expect(said()).toBe('there')
  })

  it('waits only for what it is told to', async () => {
    draw(<Screen answers={{ named: 50, else: 500 }} of={NAMED} />)
    await moments(40)
    expect(said()).toBe('awaited')
    await moments(20)
    expect(said()).toBe('there')
  })

  it('does not wait for long', async () => {
    draw(<Screen answers={{ slow: 5000 }} />)
    await moments(900)
    expect(said()).toBe('awaited')
    await moments(200)
    expect(said()).toBe('there')
  })
})
