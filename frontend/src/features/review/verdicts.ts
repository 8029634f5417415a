/** What this browser and the server found of a response, side by side. */
import type { Schema } from '~/api/index.ts'
import type { ManifestFile, ManifestReport, Step, StepName, StepVerdict } from '~/crypto/index.ts'

export type ServerFinding = Schema<'VerificationOut'>
/** `told`: the server's reasons say it in words. */
export type Found = StepVerdict | 'told' | null

export interface VerdictRow {
  key: string
  step: StepName
  file?: ManifestFile
  /** Null while this browser has not taken the step. */
  local: StepVerdict | null
  /** Null while the server was not asked, or where it does not judge this by itself. */
  server: Found
}

/** The steps that were taken, and each file that was not read yet. */
export function verdictRows(
  steps: readonly Step[],
  files: readonly ManifestFile[],
  server: ServerFinding | null,
): VerdictRow[] {
  const whole = steps.filter(({ step }) => step !== 'file')
  const read = new Map(steps.flatMap((each) => (each.file ? [[each.file.id, each.verdict] as const] : [])))
  return [
    ...whole.map(({ step, verdict }) => ({
      key: step,
      step,
      local: verdict,
      server: serverStep(step, verdict, server),
    })),
    ...files.map((file) => ({
      key: file.id,
      step: 'file' as const,
      file,
      local: read.get(file.id) ?? null,
      server: serverFile(file.id, server),
    })),
  ]
}

function serverStep(step: StepName, local: StepVerdict, server: ServerFinding | null): Found {
  if (!server) return null
  if (server.verdict === 'UNKNOWN_KEY') return step === 'seal' ? 'unknown_key' : null
  if (server.verdict !== 'VALID') return 'told'
  return local === 'absent' ? 'absent' : 'valid'
}

const FILE_VERDICTS: Record<ServerFinding['files'][number]['verdict'], StepVerdict> = {
  VALID: 'valid',
  ALTERED: 'altered',
  MISSING: 'missing',
  UNKNOWN_KEY: 'unknown_key',
}

function serverFile(id: string, server: ServerFinding | null): Found {
  const found = server?.files.find((file) => file.id === id)
  return found ? FILE_VERDICTS[found.verdict] : null
}

/**
 * `whole`: both found everything as it was sealed. `light`: the manifest is sound, the files were not read here yet.
 * `unsure`: something could not be judged. `bad`: something was changed or is gone.
 */
export type Judgement = 'whole' | 'light' | 'unsure' | 'bad' | 'waiting'

export function judge(
  light: ManifestReport | null,
  full: ManifestReport | null,
  server: ServerFinding | null,
): Judgement {
  const local = full ?? light
  if (local?.verdict === 'ALTERED' || light?.verdict === 'ALTERED' || server?.verdict === 'ALTERED') return 'bad'
  if (!local) return 'waiting'
  if (local.verdict !== 'VALID' || server?.verdict === 'UNKNOWN_KEY') return 'unsure'
  if (!full) return 'light'
  return server ? 'whole' : 'unsure'
}
