/** What people type as a second step: six digits of an authenticator app, or a recovery code; and how both are shown. */

const DIGITS = 6
const RECOVERY_LETTERS = 24
const RECOVERY = new RegExp(`^[a-z2-7]{${RECOVERY_LETTERS}}$`)
const GROUP = 4

/** The digits of a code as it was typed or pasted (`492 039`): six at most. */
export const digitsOf = (typed: string): string => typed.replace(/\D/g, '').slice(0, DIGITS)

export const isWhole = (code: string): boolean => /^\d+$/.test(code) && code.length === DIGITS

/** Whether this is a whole recovery code, however it is grouped. */
export const isRecoveryCode = (typed: string): boolean => RECOVERY.test(typed.replace(/[\s-]/g, '').toLowerCase())

/** The secret of an authenticator app in groups of four, as people copy it by hand. */
export const inGroups = (secret: string): string => (secret.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ')
