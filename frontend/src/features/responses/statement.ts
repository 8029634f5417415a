/** The manifest to sign, held against what the screen shows before anybody signs it. */
import { digest, type Manifest, readManifest } from '~/crypto/index.ts'
import type { ResponseContent } from './body.ts'
import type { DraftFile } from './draft.ts'

export type ManifestFault =
  | 'not_readable'
  | 'other_hash'
  | 'other_request'
  | 'other_sender'
  | 'other_content'
  | 'other_files'

export interface CheckedManifest {
  manifest: Manifest | null
  /** Worked out in this browser, whatever the server said. */
  sha256: string
  faults: ManifestFault[]
}

interface Shown {
  requestId: string
  userId: string
  body: ResponseContent
  /** The hashes that were computed here before the files were sent. */
  files: readonly DraftFile[]
}

export async function checkManifest(
  issued: { statement: string; sha256: string },
  { requestId, userId, body, files }: Shown,
): Promise<CheckedManifest> {
  const sha256 = await digest(issued.statement)
  const manifest = readManifest(issued.statement)
  const faults: ManifestFault[] = []
  if (sha256 !== issued.sha256) faults.push('other_hash')
  if (!manifest) return { manifest, sha256, faults: [...faults, 'not_readable'] }
  if (manifest.request_id !== requestId) faults.push('other_request')
  if (manifest.submitted_by.id !== userId) faults.push('other_sender')
  if (!(await sameContent(manifest, body))) faults.push('other_content')
  if (!sameFiles(manifest, body, files)) faults.push('other_files')
  return { manifest, sha256, faults }
}

const textDigest = async (text: string | null): Promise<string | null> => (text ? digest(text) : null)

async function sameContent(manifest: Manifest, body: ResponseContent): Promise<boolean> {
  const said = new Map(manifest.outcomes.map((each) => [each.identifier_id, each]))
  return (
    manifest.is_partial === body.is_partial &&
    manifest.response_text_sha256 === (await textDigest(body.response_text)) &&
    manifest.remarks_sha256 === (await textDigest(body.remarks)) &&
    said.size === body.outcomes.length &&
    body.outcomes.every(({ identifier_id, outcome, reason_code = null }) => {
      const found = said.get(identifier_id)
      return found?.outcome === outcome && found.reason_code === reason_code
    })
  )
}

function sameFiles(manifest: Manifest, { file_ids }: ResponseContent, files: readonly DraftFile[]): boolean {
  const local = new Map(files.map(({ id, sha256 }) => [id, sha256]))
  return (
    manifest.files.length === file_ids.length &&
    manifest.files.every(({ id, sha256 }, place) => id === file_ids[place] && local.get(id) === sha256)
  )
}
