/** Who else is at this request now, so that two people do not do the same work. */
import { Plural, Trans } from '@lingui/react/macro'
import clsx from 'clsx'
import { useEffect, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { type PresentPerson, useRealtime, useRequestPresence, useRoom, useSocketEvent } from '~/realtime/index.ts'
import type { LersRequest } from '../queries.ts'
import { EMPTY_ROOM, entered, left, type Room } from '../room.ts'
import css from './strip.module.css'

/** The others who opened this request since this page did; they leave with their page or their connection. */
export function useOthersHere(requestId: string, wanted: boolean): readonly PresentPerson[] {
  const me = useMe()
  const present = useRequestPresence(requestId)
  const [room, setRoom] = useState<Room>(EMPTY_ROOM)
  const { link } = useRealtime()
  useRoom(requestId, wanted)
  useSocketEvent('user_joined_chat', ({ request_id, user_id }) => {
    if (request_id === requestId) setRoom((known) => entered(known, user_id))
  })
  useSocketEvent('user_left_chat', ({ request_id, user_id }) => {
    if (request_id === requestId) setRoom((known) => left(known, user_id))
  })
  useSocketEvent('user_offline', ({ user_id }) => setRoom((known) => left(known, user_id)))
  // Who left while this connection was down is not known: better nobody than somebody who is gone.
  const online = link.state === 'online'
  useEffect(() => {
    if (!online) setRoom(EMPTY_ROOM)
  }, [online])
  return present.filter(({ user_id }) => user_id !== me.id && room.has(user_id))
}

/** Names beyond these are only counted. */
const MOST_NAMED = 3

export function WhoIsHere({ request, here }: { request: LersRequest; here: readonly PresentPerson[] }) {
  const me = useMe()
  const online = useRequestPresence(request.id).filter(
    ({ user_id, status }) => user_id !== me.id && status === 'ONLINE' && !here.some((each) => each.user_id === user_id),
  )
  const holder = request.assigned_to
  return (
    <div className={css.here} role="status">
      {holder && (
        <p>
          {holder.id === me.id ? <Trans>You handle this request.</Trans> : <Trans>{holder.name} handles it.</Trans>}
        </p>
      )}
      {here.map(({ user_id, user, tenant }) => (
        <p key={user_id} className={clsx(css.person, tenant.id === me.tenant_id && css.same)}>
          <span className={css.online} aria-hidden />
          {tenant.id === me.tenant_id ? (
            <Trans>{user.name} has this request open too</Trans>
          ) : (
            <Trans>
              {user.name} of {tenant.name} has it open
            </Trans>
          )}
        </p>
      ))}
      {online.slice(0, MOST_NAMED).map(({ user_id, user, tenant }) => (
        <p key={user_id} className={css.person}>
          <span className={css.online} aria-hidden />
          {tenant.id === me.tenant_id ? (
            <Trans>{user.name} is online</Trans>
          ) : (
            <Trans>
              {user.name} of {tenant.name} is online
            </Trans>
          )}
        </p>
      ))}
      {online.length > MOST_NAMED && (
        <p className={css.dim}>
          <Plural value={online.length - MOST_NAMED} one="# more is online" other="# more are online" />
        </p>
      )}
      {!holder && here.length === 0 && online.length === 0 && (
        <p className={css.dim}>
          <Trans>Nobody else is here now.</Trans>
        </p>
      )}
    </div>
  )
}
