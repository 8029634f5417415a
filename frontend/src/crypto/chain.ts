/**
 * The audit chain, verified where the reader sits: `hash = SHA-256("LERS-AUDIT-v1" 0x00 || prev_hash || canonical)`.
 * The codes are those of the server's own walk, so that both can be held side by side.
 */
import { concat, fromHex, toHex, utf8 } from './bytes.ts'

export interface ChainEntry {
  chain: string
  seq: number
  canonical: string
  prev_hash: string
  hash: string
}

export type ChainCode =
  | 'changed'
  | 'wrong_link'
  | 'entries_missing'
  | 'columns_changed'
  | 'head_differs'
  | 'tail_missing'

export interface ChainProblem {
  chain: string
  seq: number
  code: ChainCode
  /** What should stand there, and what stands there: hashes, or numbers of entries. */
  expected: string
  found: string
}

export interface ChainReport {
  entries: number
  chains: number
  ok: boolean
  /** The first bad entry; everything behind it in its chain hangs on what is broken. */
  first: ChainProblem | null
  problems: ChainProblem[]
  /** Places where entries are not at hand, as the list was filtered: nothing is said of what lies there. */
  gaps: number
}

export interface ChainOptions {
  /** The list is meant to be whole: each chain from its first entry, none left out. */
  whole?: boolean
  /** Where each chain should end, as a checkpoint or receipt says. */
  heads?: readonly { chain: string; seq: number; hash: string }[]
  onProgress?: (done: number, total: number) => void
}

const DOMAIN = utf8('LERS-AUDIT-v1\0')
const GENESIS = '00'.repeat(32)
const MOST_PROBLEMS = 100
/** Digests in flight at once: enough to keep WebCrypto's threads busy, few enough to report progress. */
const PIECE = 500

async function linkOf(entry: ChainEntry): Promise<string> {
  try {
    const message = concat(DOMAIN, fromHex(entry.prev_hash), utf8(entry.canonical))
    return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', message)))
  } catch {
    return ''
  }
}

/** Verify entries in any order. Without `whole`, only links between neighbours that are both there are judged. */
export async function verifyChain(entries: readonly ChainEntry[], options: ChainOptions = {}): Promise<ChainReport> {
  const sorted = [...entries].sort((a, b) => (a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1))
  const walk = new Walk(options.whole ?? false)
  for (let at = 0; at < sorted.length; at += PIECE) {
    const piece = sorted.slice(at, at + PIECE)
    const links = await Promise.all(piece.map(linkOf))
    for (const [index, entry] of piece.entries()) walk.step(entry, links[index] as string)
    options.onProgress?.(Math.min(at + PIECE, sorted.length), sorted.length)
  }
  walk.heads(sorted, options.heads ?? [])
  return walk.report
}

class Walk {
  readonly report: ChainReport = { entries: 0, chains: 0, ok: true, first: null, problems: [], gaps: 0 }
  private before: ChainEntry | null = null
  private readonly whole: boolean

  constructor(whole: boolean) {
    this.whole = whole
  }

  step(entry: ChainEntry, link: string): void {
    const { report } = this
    if (this.before?.chain !== entry.chain) {
      this.before = null
      report.chains += 1
    }
    report.entries += 1
    this.follow(entry)
    if (link !== entry.hash) this.add(entry, 'changed', entry.hash, link)
    else if (!agrees(entry)) this.add(entry, 'columns_changed', `${entry.chain} ${entry.seq}`, told(entry))
    this.before = entry
  }

  private follow(entry: ChainEntry): void {
    const last = this.before?.seq ?? 0
    const known = this.before !== null || this.whole || entry.seq === 1
    if (!known) return
    if (entry.seq === last + 1) {
      const expected = this.before?.hash ?? GENESIS
      if (entry.prev_hash !== expected) this.add(entry, 'wrong_link', expected, entry.prev_hash)
    } else if (entry.seq > last + 1) {
      if (this.whole) this.add(entry, 'entries_missing', String(last + 1), String(entry.seq))
      else this.report.gaps += 1
    } else this.add(entry, 'wrong_link', String(last + 1), String(entry.seq))
  }

  heads(entries: readonly ChainEntry[], heads: NonNullable<ChainOptions['heads']>): void {
    const place = (chain: string, seq: number) => `${chain} ${seq}`
    const at = new Map(entries.map((entry) => [place(entry.chain, entry.seq), entry]))
    for (const head of heads) {
      const entry = at.get(place(head.chain, head.seq))
      if (entry && entry.hash !== head.hash) this.add(entry, 'head_differs', head.hash, entry.hash)
      if (!entry && this.whole) {
        const last = entries.filter(({ chain }) => chain === head.chain).at(-1)?.seq ?? 0
        this.add({ chain: head.chain, seq: head.seq }, 'tail_missing', String(head.seq), String(last))
      }
    }
  }

  private add(entry: Pick<ChainEntry, 'chain' | 'seq'>, code: ChainCode, expected: string, found: string): void {
    const problem = { chain: entry.chain, seq: entry.seq, code, expected, found }
    this.report.ok = false
    this.report.first ??= problem
    if (this.report.problems.length < MOST_PROBLEMS) this.report.problems.push(problem)
  }
}

/** Whether the text that was hashed names the place at which it stands. */
function agrees(entry: ChainEntry): boolean {
  return told(entry) === `${entry.chain} ${entry.seq}`
}

function told(entry: ChainEntry): string {
  try {
    const { chain, seq } = JSON.parse(entry.canonical) as { chain?: unknown; seq?: unknown }
    return `${chain} ${seq}`
  } catch {
    return ''
  }
}
