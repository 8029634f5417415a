import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '~/api/index.ts'

// The session looks for its cookie when it is read.
vi.stubGlobal('document', { cookie: '' })
const { changeMe } = await import('./change-me.ts')
const session = await import('./session.ts')

const me = (version: number, preferences = {}) => ({ id: 'me', version, preferences })
const answer = (status: number, body: unknown) =>
  ({
    ...(status < 300 ? { data: body } : { error: body }),
    response: new Response('{}', { status }),
  }) as never

const patch = vi.spyOn(api, 'PATCH')
const get = vi.spyOn(api, 'GET')
const post = vi.spyOn(api, 'POST')

/** Version and body of each attempt to save. */
const saved = () =>
  (patch.mock.calls as unknown as [string, { headers: Record<string, string>; body: unknown }][]).map(
    ([, { headers, body }]) => ({ match: headers['If-Match'], body }),
  )

beforeEach(async () => {
  for (const method of [patch, get, post]) method.mockReset()
  post.mockResolvedValueOnce(answer(200, { access_token: 't', user: me(1, { a: 1 }) }))
  await session.signIn({ email: 'a', password: 'b' })
})

describe('changeMe', () => {
  it('saves with the version that is known, and shows what was saved', async () => {
    patch.mockResolvedValueOnce(answer(200, me(2, { a: 1, b: 2 })))
    await changeMe(({ preferences }) => ({ preferences: { ...preferences, b: 2 } }))
    expect(saved()).toEqual([{ match: '"1"', body: { preferences: { a: 1, b: 2 } } }])
    expect(session.sessionState()).toMatchObject({ me: { version: 2 } })
  })

  it('keeps what was saved elsewhere meanwhile', async () => {
    patch.mockResolvedValueOnce(answer(412, { code: 'stale_version' }))
    get.mockResolvedValueOnce(answer(200, me(5, { c: 3 })))
    patch.mockResolvedValueOnce(answer(200, me(6, { c: 3, b: 2 })))
    await changeMe(({ preferences }) => ({ preferences: { ...preferences, b: 2 } }))
    expect(saved()).toEqual([
      { match: '"1"', body: { preferences: { a: 1, b: 2 } } },
      { match: '"5"', body: { preferences: { c: 3, b: 2 } } },
    ])
  })

  it('gives up on any other refusal', async () => {
    patch.mockResolvedValueOnce(answer(422, { code: 'invalid' }))
    await expect(changeMe(() => ({ language: 'hi' }))).rejects.toMatchObject({ status: 422 })
    expect(saved()).toHaveLength(1)
  })
})
