import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '~/api/index.ts'
import type { ListAsk } from './list-queries.ts'
import { useListRows } from './list-rows.ts'

const ask = (q?: string): ListAsk => ({ filters: q ? { q } : {}, sort: '-created_at', identifier: null })
const row = (id: string, version = 1) => ({ id, version })
const get = vi.spyOn(api, 'GET')

/** What the server answers from now on: pages of rows, by their cursors. */
const serve = (...pages: { id: string; version: number }[][]) =>
  get.mockImplementation((async (_path: string, { params }: { params: { query: { cursor?: string } } }) => {
    const at = Number(params.query.cursor ?? 0)
    return {
      data: { items: pages[at] ?? [], next_cursor: at + 1 < pages.length ? String(at + 1) : null, total: 9 },
      response: new Response('{}'),
    }
  }) as never)

function list(first = ask()) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  const { result, rerender } = renderHook(({ given }) => useListRows(given), {
    wrapper,
    initialProps: { given: first },
  })
  const ids = () => result.current.rows.map(({ id }) => id).join('')
  return {
    result,
    ids,
    show: (given: ListAsk) => rerender({ given }),
    again: () => act(() => client.invalidateQueries()),
  }
}

beforeEach(() => void get.mockReset())

describe('useListRows', () => {
  it('holds rows still while the list changes, until it is asked to show it', async () => {
    serve([row('a'), row('b'), row('c')])
    const { result, ids, again } = list()
    await waitFor(() => expect(ids()).toBe('abc'))
    serve([row('x'), row('c', 2), row('a')])
    await again()
    await waitFor(() => expect(result.current.arrived).toBe(1))
    expect(ids()).toBe('abc')
    expect(result.current.rows[2]).toEqual(row('c', 2))
    expect([...result.current.gone]).toEqual(['b'])
    act(() => result.current.show())
    expect(ids()).toBe('xca')
    expect([result.current.arrived, result.current.gone.size]).toEqual([0, 0])
  })

  it('shows at once what the reader has done', async () => {
    serve([row('a'), row('b')])
    const { result, ids, again } = list()
    await waitFor(() => expect(ids()).toBe('ab'))
    serve([row('b')])
    act(() => result.current.expect())
    await again()
    await waitFor(() => expect(ids()).toBe('b'))
    expect(result.current.gone.size).toBe(0)
  })

  it('puts further pages under the rows', async () => {
    serve([row('a'), row('b')], [row('c')])
    const { result, ids } = list()
    await waitFor(() => expect(ids()).toBe('ab'))
    await act(() => result.current.query.fetchNextPage())
    await waitFor(() => expect(ids()).toBe('abc'))
    expect(result.current.arrived).toBe(0)
  })

  it('begins anew with other filters', async () => {
    serve([row('a')])
    const { ids, show } = list()
    await waitFor(() => expect(ids()).toBe('a'))
    serve([row('z')])
    show(ask('other'))
    expect(ids()).toBe('')
    await waitFor(() => expect(ids()).toBe('z'))
  })
})
