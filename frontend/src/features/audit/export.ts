/** An extract of the trail that proves itself: one JSON object a line, with all that is needed to check it elsewhere. */
import type { Entry } from './entry.ts'
import type { TrailSearch } from './search.ts'

/** Checks an extract without LERS, with nothing but Python. Part of every extract. */
export const CHECK_SCRIPT = `import hashlib, json, sys

last, wrong, count = {}, 0, 0
for line in open(sys.argv[1], encoding="utf-8"):
    entry = json.loads(line)
    if "canonical" not in entry:
        continue
    chain, seq, prev = entry["chain"], entry["seq"], entry["prev_hash"]
    text = b"LERS-AUDIT-v1\\0" + bytes.fromhex(prev) + entry["canonical"].encode()
    before = last.get(chain)
    changed = hashlib.sha256(text).hexdigest() != entry["hash"]
    told = json.loads(entry["canonical"])
    moved = (told["chain"], told["seq"]) != (chain, seq)
    moved = moved or (before is not None and before[0] + 1 == seq and before[1] != prev)
    if changed or moved:
        print("entry", seq, "of chain", chain, "was changed" if changed else "is out of its place")
        wrong += 1
    last[chain], count = (seq, entry["hash"]), count + 1
print(count, "entries checked,", wrong, "wrong")
sys.exit(1 if wrong else 0)
`

interface About {
  exportedAt: string
  exportedBy: string
  filters: TrailSearch
  /** How many entries the filters leave; more than the extract holds when it was cut. */
  total: number
}

/** Oldest first within each chain, as they follow each other. */
export function extractOf(entries: readonly Entry[], { exportedAt, exportedBy, filters, total }: About): string {
  const head = {
    format: 'lers-audit-extract-1',
    exported_at: exportedAt,
    exported_by: exportedBy,
    filters,
    entries: entries.length,
    entries_in_all: total,
    rule: 'hash = SHA-256("LERS-AUDIT-v1" 0x00 prev_hash canonical): prev_hash as 32 bytes, canonical as UTF-8',
    check: CHECK_SCRIPT,
  }
  const lines = [...entries]
    .sort((a, b) => (a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1))
    // Nothing but what the hash proves: a copy beside the text could be changed without a trace.
    .map(({ chain, seq, prev_hash, hash, canonical }) => JSON.stringify({ chain, seq, prev_hash, hash, canonical }))
  return `${[JSON.stringify(head), ...lines].join('\n')}\n`
}
