/** Changes of one's own language and preferences, which several tabs and devices may make at once. */
import { api, call, ifMatch, isProblem, type Schema } from '~/api/index.ts'
import { type Me, sessionState, updateMe } from './session.ts'

type Change = Schema<'MeIn'>

function known(): Me {
  const state = sessionState()
  if (state.status === 'in' || state.status === 'expired') return state.me
  throw new Error('nobody is signed in')
}

/**
 * Save what `change` makes of the profile as it is. When it was changed elsewhere meanwhile, it is read anew and the
 * change is made once more: what others saved is kept.
 */
export async function changeMe(change: (me: Me) => Change): Promise<Me> {
  const save = (me: Me) =>
    call(api.PATCH('/api/v1/auth/me/', { body: change(me), headers: { 'If-Match': ifMatch(me.version) } }))
  let saved: Me
  try {
    saved = await save(known())
  } catch (error) {
    if (!isProblem(error) || error.status !== 412) throw error
    saved = await save(await call(api.GET('/api/v1/auth/me/')))
  }
  updateMe(saved)
  return saved
}
