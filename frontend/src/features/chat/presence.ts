/** Who stands for the other side in the head of a chat. Pure. */
import type { PresentPerson } from '~/realtime/index.ts'

interface StandIn {
  person: PresentPerson
  /** How many more of the other side are as present as this one. */
  others: number
  /** When the last of them was seen, while none is there. */
  lastSeen: string | null
}

const RANK = { ONLINE: 2, AWAY: 1, OFFLINE: 0 }

export function standIn(people: readonly PresentPerson[], ownTenant: string): StandIn | null {
  const theirs = people.filter(({ tenant }) => tenant.id !== ownTenant)
  const [person, ...rest] = theirs.toSorted((a, b) => RANK[b.status] - RANK[a.status])
  if (!person) return null
  const seen = theirs.flatMap(({ last_seen }) => last_seen ?? []).toSorted()
  return {
    person,
    others: person.status === 'OFFLINE' ? 0 : rest.filter(({ status }) => status === person.status).length,
    lastSeen: seen.at(-1) ?? null,
  }
}
