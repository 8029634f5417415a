import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '~/api/index.ts'
import type { DraftOut, DraftPatch } from './draft.ts'
import { useDraft } from './use-draft.ts'

const DRAFT = {
  id: 'one',
  version: 3,
  priority: 'NORMAL',
  answers: {},
  identifiers: [],
  description: 'First',
} as unknown as DraftOut

interface Call {
  version: number
  patch: DraftPatch
}

/** The server's side: it takes a change that names its version, and refuses any other as the real one does. */
const server = { draft: DRAFT, calls: [] as Call[], down: false }

vi.mock('./queries.ts', async (original) => ({
  ...(await original<typeof import('./queries.ts')>()),
  draftQuery: (id: string) => ({ queryKey: ['requests', 'one', id], queryFn: async () => server.draft }),
  saveDraft: async (_: string, version: number, patch: DraftPatch) => {
    if (server.down) throw new Problem(0, {}, null)
    server.calls.push({ version, patch })
    if (version !== server.draft.version) throw new Problem(412, { code: 'stale_version' }, null)
    server.draft = { ...server.draft, ...patch, version: version + 1 } as DraftOut
    return server.draft
  },
}))

function serve(draft: DraftOut): void {
  Object.assign(server, { draft, calls: [], down: false })
}

function open(draft: DraftOut) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return renderHook(({ now }) => useDraft(now), {
    initialProps: { now: draft },
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  }).result
}

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  vi.useRealTimers()
})

describe('a draft that saves itself', () => {
  it('sends what changed, once, after a pause, on the version it knows', async () => {
    serve(DRAFT)
    const draft = open(DRAFT)
    act(() => draft.current.set({ description: 'Fir' }))
    act(() => draft.current.set({ description: 'Second' }))
    expect(draft.current.save.state).toBe('waiting')
    await act(() => vi.advanceTimersByTimeAsync(1_000))
    await waitFor(() => expect(draft.current.save.state).toBe('saved'))
    expect(server.calls).toEqual([{ version: 3, patch: { description: 'Second' } }])
    expect(draft.current.version()).toBe(4)
  })

  it('brings both sides together when somebody else changed another field', async () => {
    serve({ ...DRAFT, version: 7, court_order_number: 'CO/7' })
    const draft = open(DRAFT)
    act(() => draft.current.set({ description: 'Mine' }))
    await act(() => draft.current.flush())
    expect(server.calls.map((each) => each.version)).toEqual([3, 7])
    expect(draft.current.form).toMatchObject({ description: 'Mine', courtOrder: 'CO/7' })
    expect(server.draft).toMatchObject({ description: 'Mine', court_order_number: 'CO/7' })
  })

  it('asks when both changed the same field, and keeps what is chosen', async () => {
    serve({ ...DRAFT, version: 7, description: 'Theirs' })
    const draft = open(DRAFT)
    act(() => draft.current.set({ description: 'Mine' }))
    await act(async () => expect(await draft.current.flush()).toBe(false))
    expect(draft.current.save).toMatchObject({ state: 'conflict', fields: ['description'] })
    expect(server.draft.description).toBe('Theirs')
    act(() => draft.current.resolve('mine'))
    await waitFor(() => expect(server.draft.description).toBe('Mine'))
    expect(server.calls.at(-1)?.version).toBe(7)
  })

  it('keeps what was typed without a connection, and sends it when there is one', async () => {
    serve(DRAFT)
    server.down = true
    const draft = open(DRAFT)
    act(() => draft.current.set({ notes: 'typed offline' }))
    await act(() => vi.advanceTimersByTimeAsync(1_000))
    await waitFor(() => expect(draft.current.save.state).toBe('failed'))
    expect(draft.current.form.notes).toBe('typed offline')
    server.down = false
    act(() => void window.dispatchEvent(new Event('online')))
    await waitFor(() => expect(server.draft.notes).toBe('typed offline'))
  })
})
