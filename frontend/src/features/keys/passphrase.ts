/** What is wrong with a passphrase for a backup, before the file is made. */
import { MIN_PASSPHRASE } from '~/crypto/index.ts'

export type PassphraseFault = 'short' | 'plain' | 'own' | 'differs'

/** `own` names: what everybody knows of the user must not be the passphrase. */
export function passphraseFault(passphrase: string, again: string, own: readonly string[]): PassphraseFault | null {
  if ([...passphrase].length < MIN_PASSPHRASE) return 'short'
  if (new Set(passphrase.toLowerCase()).size < 5) return 'plain'
  const said = passphrase.toLowerCase()
  if (own.some((name) => name.length > 3 && said.includes(name.toLowerCase()))) return 'own'
  return passphrase === again ? null : 'differs'
}
