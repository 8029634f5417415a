/** What a provider has said of itself and when: officers rely on it, so what is missing or old is told. */
import type { Profile } from './profile-form.ts'

export type Missing = 'officer' | 'email' | 'phone' | 'emergency' | 'commitment'

/** Parts that officers look for and that nobody has filled in. */
export function missingIn(profile: Profile): Missing[] {
  const parts: [Missing, unknown][] = [
    ['officer', profile.nodal_officer_name],
    ['email', profile.nodal_officer_email],
    ['phone', profile.nodal_officer_phone],
    ['emergency', profile.emergency_contact],
    ['commitment', profile.service_commitment],
  ]
  return parts.flatMap(([name, value]) => (value ? [] : [name]))
}

/** After half a year people have moved on and numbers have changed. */
const STALE_MS = 183 * 86_400_000

export type Confirmation = 'never' | 'stale' | 'fresh'

/** A profile is the provider's own statement: it is as good as its date. */
export function confirmationOf(profile: Pick<Profile, 'updated_at' | 'version'>, now: number): Confirmation {
  if (!profile.updated_at || profile.version === 0) return 'never'
  return now - Date.parse(profile.updated_at) > STALE_MS ? 'stale' : 'fresh'
}
