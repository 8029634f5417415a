/** A decision verified in the reader's browser: nobody's word is taken, not even the server's. */
import {
  digest,
  readApprovalStatement,
  type SealKey,
  type StepVerdict,
  signatureStep,
  verifySeal,
} from '~/crypto/index.ts'
import type { Approval } from './route.ts'

export type CheckName = 'hash' | 'row' | 'seal' | 'signature'
export type Check = { name: CheckName; verdict: StepVerdict }
export type CheckVerdict = 'VALID' | 'ALTERED' | 'UNKNOWN_KEY'

export interface CheckedApproval {
  verdict: CheckVerdict
  checks: Check[]
  /** The statement's SHA-256, computed here. */
  sha256: string
}

export async function checkApproval(approval: Approval, sealKeys: readonly SealKey[]): Promise<CheckedApproval> {
  const sha256 = await digest(approval.statement)
  const checks: Check[] = [
    { name: 'hash', verdict: sha256 === approval.signature_hash ? 'valid' : 'altered' },
    { name: 'row', verdict: saysTheSame(approval) ? 'valid' : 'altered' },
    { name: 'seal', verdict: await verifySeal(approval.statement, approval.seal, sealKeys) },
    { name: 'signature', verdict: (await signatureStep(approval.statement, approval.signature ?? null)).verdict },
  ]
  return { verdict: verdictOf(checks), checks, sha256 }
}

/** Whether what is shown around the statement is what the statement says. */
function saysTheSame(approval: Approval): boolean {
  const said = readApprovalStatement(approval.statement)
  return (
    said !== null &&
    said.request_id === approval.request_id &&
    said.decision === approval.action &&
    said.level === String(approval.level) &&
    said.signer.id === approval.approver.id &&
    said.signer.name === approval.approver.name
  )
}

function verdictOf(checks: readonly Check[]): CheckVerdict {
  if (checks.some(({ verdict }) => verdict === 'altered')) return 'ALTERED'
  return checks.some(({ verdict }) => verdict === 'unknown_key') ? 'UNKNOWN_KEY' : 'VALID'
}
