/** One verification of the chains, twice: by this browser from the entries themselves, and by the server. */
import { type ChainProblem, type ChainReport, verifyAuditChain } from '~/crypto/index.ts'
import { agreesWithText, type Entry, keyOf } from './entry.ts'
import { askServer, MOST_AT_ONCE, readAll, type ServerPart } from './queries.ts'

export interface BrowserVerdict extends ChainReport {
  /** How many entries there are; more than were walked when the trail is longer than one walk. */
  total: number
  /** Entries that the ends of the chains promise and that did not come. */
  missing: number
  /** From here on, in each broken chain, nothing is proved: the first bad number of each. */
  brokenFrom: ReadonlyMap<string, number>
  /** Entries of which the list says something else than their text; those behind them are proved all the same. */
  contradicted: ReadonlySet<string>
  walked: ReadonlyMap<string, Entry>
}

export interface Progress {
  phase: 'reading' | 'walking'
  done: number
  total: number
}

interface Watching {
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** Walk all chains that the reader may see, or one. */
export async function verifyHere(chain: string | undefined, watching: Watching = {}): Promise<BrowserVerdict> {
  const verdict = await walk(chain, watching)
  const onlyGaps = verdict.problems.every(({ code }) => code === 'entries_missing')
  // Entries that are written between two pages may leave a gap that is none: read again before it is called one.
  return verdict.ok || !onlyGaps ? verdict : walk(chain, watching)
}

async function walk(chain: string | undefined, { onProgress, signal }: Watching): Promise<BrowserVerdict> {
  const { entries, total } = await readAll(chain ? { tenant_id: chain } : {}, {
    onProgress: (done, all) => onProgress?.({ phase: 'reading', done, total: all }),
    signal,
  })
  const whole = total <= MOST_AT_ONCE
  const report = await verifyAuditChain(entries, {
    whole,
    onProgress: (done, all) => onProgress?.({ phase: 'walking', done, total: all }),
    signal,
  })
  const missing = whole ? Math.max(0, total - report.entries) : 0
  const contradictions = contradictionsIn(entries, report.problems)
  const problems = [...report.problems, ...contradictions]
  return {
    ...report,
    ok: problems.length === 0 && missing === 0,
    first: report.first ?? contradictions[0] ?? null,
    problems,
    total,
    missing,
    brokenFrom: firstOfEach(report.problems.filter(({ code }) => code !== 'columns_changed')),
    contradicted: new Set(problems.filter(({ code }) => code === 'columns_changed').map(keyOf)),
    walked: new Map(entries.map((entry) => [keyOf(entry), entry])),
  }
}

/** Where the list and the hashed text differ; an entry whose text or place is already told to be wrong says no more. */
function contradictionsIn(entries: readonly Entry[], known: readonly ChainProblem[]): ChainProblem[] {
  const told = new Set(known.filter(({ code }) => code === 'changed' || code === 'columns_changed').map(keyOf))
  return entries
    .filter((entry) => !told.has(keyOf(entry)) && !agreesWithText(entry))
    .map(({ chain, seq }) => ({ chain, seq, code: 'columns_changed', expected: '', found: '' }))
}

export const verifyThere = (chain: string | undefined, signal?: AbortSignal): Promise<ServerPart> =>
  askServer(chain, signal)

export function firstOfEach(problems: readonly Pick<ChainProblem, 'chain' | 'seq'>[]): Map<string, number> {
  const first = new Map<string, number>()
  for (const { chain, seq } of problems) first.set(chain, Math.min(seq, first.get(chain) ?? seq))
  return first
}

export type Standing = 'proved' | 'broken' | 'unproved' | 'unknown'

/** What a verification says of one entry. */
export function standingOf(verdict: BrowserVerdict | null, { chain, seq }: Pick<Entry, 'chain' | 'seq'>): Standing {
  if (!verdict) return 'unknown'
  const broken = verdict.brokenFrom.get(chain)
  if (broken !== undefined && seq >= broken) return seq === broken ? 'broken' : 'unproved'
  if (verdict.contradicted.has(keyOf({ chain, seq }))) return 'broken'
  return verdict.walked.has(keyOf({ chain, seq })) ? 'proved' : 'unknown'
}
