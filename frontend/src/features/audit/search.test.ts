import { expect, it } from 'vitest'
import { askOf, trailSearch } from './search.ts'

const ID = '01a20ca0-eb3a-7602-93fd-a97958c9c0f9'

it('keeps what the API understands and leaves out the rest', () => {
  const search = { request_id: ID, event: 'request:', from: '2026-11-01', to: '2026-11-24' }
  expect(trailSearch({ ...search, page: 3 })).toEqual(search)
  expect(trailSearch({ request_id: 'x', event: "a:'", from: 'yesterday', to: 20261124, actor_id: ID })).toEqual({
    actor_id: ID,
  })
})
it('asks from the first moment of the first day in India to the last of the last', () => {
  expect(askOf({ from: '2026-11-01', to: '2026-11-24', event: 'auth:login' })).toEqual({
    event: 'auth:login',
    from: '2026-10-31T18:30:00.000Z',
    to: '2026-11-24T18:30:00.000Z',
  })
})
it('asks for no day that no calendar has', () => {
  expect(askOf({ from: '2026-13-45' })).toEqual({})
})
