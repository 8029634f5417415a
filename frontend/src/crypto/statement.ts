/** An approval's statement, held against what the screen shows before anybody signs it. */
import { digest } from './digest.ts'
import { readCanonical } from './jcs.ts'

export interface StatementPerson {
  id: string
  name: string
  rank: string | null
}

export interface ApprovalStatement {
  type: 'lers.approval.v1'
  request_id: string
  request_number: string
  version: string
  content_hash: string
  decision: string
  level: string
  signer: StatementPerson & {
    badge_number: string | null
    unit: string | null
    tenant: { id: string; name: string | null }
  }
  on_behalf_of: StatementPerson | null
  comments_sha256: string | null
  statement_id?: string
  time: string
}

/** Read an approval's statement; null when it is none, or not in canonical form. */
export function readApprovalStatement(text: string): ApprovalStatement | null {
  const value = readCanonical(text) as ApprovalStatement | null
  return value?.type === 'lers.approval.v1' && typeof value.signer === 'object' && value.signer ? value : null
}

export type StatementFault =
  | 'not_readable'
  | 'other_hash'
  | 'other_request'
  | 'other_version'
  | 'other_decision'
  | 'other_signer'

export interface CheckedStatement {
  statement: ApprovalStatement | null
  /** Worked out in this browser, whatever the server said. */
  sha256: string
  faults: StatementFault[]
}

/** Recompute the hash, and say in what the statement differs from what the signer is looking at. */
export async function checkStatement(
  issued: { statement: string; sha256: string },
  shown: { requestId: string; version: number; userId: string },
): Promise<CheckedStatement> {
  const sha256 = await digest(issued.statement)
  const statement = readApprovalStatement(issued.statement)
  const faults: StatementFault[] = []
  if (sha256 !== issued.sha256) faults.push('other_hash')
  if (!statement) faults.push('not_readable')
  else {
    if (statement.request_id !== shown.requestId) faults.push('other_request')
    if (statement.version !== String(shown.version)) faults.push('other_version')
    if (statement.decision !== 'APPROVE') faults.push('other_decision')
    if (statement.signer.id !== shown.userId) faults.push('other_signer')
  }
  return { statement, sha256, faults }
}
