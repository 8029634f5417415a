/** Verification of a response: the manifest at once, every byte of its files when that is asked for, here and at the server. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isProblem, readFileBytes } from '~/api/index.ts'
import {
  type ManifestFile,
  type ManifestReport,
  readManifest,
  type SealKey,
  type Step,
  verifyManifest,
} from '~/crypto/index.ts'
import { sealKeysQuery } from '~/features/keys/index.ts'
import { type KeptManifest, type LersResponse, manifestQuery, verifyAtServer } from './queries.ts'
import { type Judgement, judge, type ServerFinding } from './verdicts.ts'

export interface Reading {
  file: ManifestFile
  read: number
  total: number
}

interface Run {
  running: boolean
  steps: readonly Step[]
  reading: Reading | null
  full: ManifestReport | null
  server: ServerFinding | null
  serverError: unknown
  error: unknown
}

const NOT_RUN: Run = {
  running: false,
  steps: [],
  reading: null,
  full: null,
  server: null,
  serverError: null,
  error: null,
}

export interface Verification extends Run {
  kept: KeptManifest | null
  /** What the manifest says, read here; null while it loads or when it cannot be read. */
  files: readonly ManifestFile[]
  sealKey: (SealKey & { fingerprint: string }) | null
  light: ManifestReport | null
  judgement: Judgement
  pending: boolean
  loadError: unknown
  reload: () => void
  /** Read every byte again, here and at the server. */
  start: () => void
}

export function useVerification(response: LersResponse): Verification {
  const kept = useQuery(manifestQuery(response.id))
  const sealKeys = useQuery(sealKeysQuery)
  const light = useQuery({
    queryKey: ['manifests', response.id, 'light', response.version],
    enabled: kept.data !== undefined && sealKeys.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => verifyManifest({ kept: kept.data as KeptManifest, response, sealKeys: sealKeys.data ?? [] }),
  })
  const [run, start] = useRun(response, kept.data, sealKeys.data)
  const files = kept.data ? (readManifest(kept.data.manifest)?.files ?? []) : []
  return {
    ...run,
    steps: run.steps.length > 0 ? run.steps : (light.data?.steps ?? []),
    kept: kept.data ?? null,
    files,
    sealKey: sealKeys.data?.find(({ kid }) => kid === kept.data?.seal.kid) ?? null,
    light: light.data ?? null,
    judgement: judge(light.data ?? null, run.full, run.server),
    pending: kept.isPending || sealKeys.isPending || light.isPending,
    loadError: kept.error ?? sealKeys.error ?? light.error,
    reload: () => void Promise.all([kept.refetch(), sealKeys.refetch()]),
    start,
  }
}

/** A file that the server does not give out (not clean, gone) is missing; a failed call is none of its verdicts. */
async function readOrNull(file: ManifestFile, signal: AbortSignal): Promise<Blob | null> {
  try {
    return await readFileBytes(file.id, signal)
  } catch (error) {
    if (isProblem(error) && (error.status === 404 || error.code === 'file_not_clean')) return null
    throw error
  }
}

function useRun(
  response: LersResponse,
  kept: KeptManifest | undefined,
  sealKeys: readonly SealKey[] | undefined,
): [Run, () => void] {
  const [run, setRun] = useState<Run>(NOT_RUN)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const start = useCallback(() => {
    if (!kept || !sealKeys) return
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    const change = (found: Partial<Run> | ((before: Run) => Partial<Run>)) => {
      if (mine.signal.aborted) return
      setRun((before) => ({ ...before, ...(typeof found === 'function' ? found(before) : found) }))
    }
    change({ ...NOT_RUN, running: true })
    const here = verifyManifest({
      kept,
      response,
      sealKeys,
      signal: mine.signal,
      readFile: (file) => {
        change({ reading: { file, read: 0, total: file.size } })
        return readOrNull(file, mine.signal)
      },
      onStep: (step) => change((before) => ({ steps: [...before.steps, step] })),
      onProgress: (file, read, total) => change({ reading: { file, read, total } }),
    }).then(
      (full) => change({ full, steps: full.steps, reading: null }),
      (error: unknown) => change({ error, reading: null }),
    )
    const there = verifyAtServer(response.id, mine.signal).then(
      (server) => change({ server }),
      (serverError: unknown) => change({ serverError }),
    )
    void Promise.all([here, there]).then(() => change({ running: false }))
  }, [kept, sealKeys, response])
  return [run, start]
}
