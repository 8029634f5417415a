/** The manifest as a file: its exact text with seal and signature, to be checked without LERS. */
import { saveBlob } from '~/api/index.ts'
import type { KeptManifest } from './queries.ts'

export function saveManifest({ response_number, manifest, sha256, seal, signature }: KeptManifest): void {
  const text = JSON.stringify({ response_number, manifest, sha256, seal, signature }, null, 2)
  saveBlob(new Blob([text], { type: 'application/json' }), `${response_number}-manifest.json`)
}
