export { type Algorithm, generatePair, signStatement, verifySignature } from './algorithms.ts'
export {
  BackupError,
  type BackupFault,
  type BackupFile,
  backupText,
  MIN_PASSPHRASE,
  openBackup,
  readBackup,
} from './backup.ts'
export type { ChainCode, ChainEntry, ChainProblem, ChainReport } from './chain.ts'
export { digest } from './digest.ts'
export type { FileHashes } from './file-hash.ts'
export { fingerprintGroups, fingerprintOf, fingerprintShort, fingerprintWords } from './fingerprint.ts'
export { hashFile, verifyAuditChain } from './in-worker.ts'
export { canonicalise, type Json, readCanonical } from './jcs.ts'
export { browserKeys, type StoredKey } from './keystore.ts'
export {
  type Manifest,
  type ManifestFile,
  type ManifestReport,
  type PersonalSignature,
  readManifest,
  type Step,
  type StepName,
  type StepVerdict,
  signatureStep,
  verifyManifest,
} from './manifest.ts'
export { type Seal, type SealKey, type SealVerdict, verifySeal } from './seal.ts'
export {
  type GivenSignature,
  giveSignature,
  makeSigningKey,
  type Owner,
  restoreSigningKey,
  type ServerKey,
  usableKey,
} from './signing-keys.ts'
export { type ApprovalStatement, checkStatement, readApprovalStatement, type StatementFault } from './statement.ts'
export { startWorker } from './trusted-worker.ts'
