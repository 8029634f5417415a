/** What other parts may use of signing keys. */
export { EnrolKey } from './components/EnrolKey.tsx'
export { KeyFingerprint } from './components/KeyFingerprint.tsx'
export { RestoreKey } from './components/RestoreKey.tsx'
export { SigningKeys } from './components/SigningKeys.tsx'
export { type SigningKeyState, sealKeysQuery, useSigningKey } from './queries.ts'
