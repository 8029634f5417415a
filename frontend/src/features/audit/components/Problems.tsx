/** What is wrong in a chain: the entry, in words, and both hashes in full. */

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ChainProblem } from '~/crypto/index.ts'
import type { ServerPart } from '../queries.ts'
import css from './verify.module.css'

const CODES: Record<string, MessageDescriptor> = {
  changed: msg`Its text was changed: it does not give its hash`,
  wrong_link: msg`It does not follow the entry before: one was changed or reordered`,
  entries_missing: msg`Entries before it are missing: they were removed`,
  columns_changed: msg`The list says something else than the text that was hashed`,
  head_differs: msg`It is not the entry that the end of the chain names`,
  tail_missing: msg`Entries at the end are missing: they were cut off`,
  head_missing: msg`The end of the chain is not on record`,
  head_behind: msg`The chain goes on behind its end on record`,
  root_differs: msg`The entries up to here are not those that were signed`,
  log_cut: msg`The log ends before its signed checkpoint: its end was cut off`,
  leaves_missing: msg`Entries before it have lost their place in the log`,
  leaf_missing: msg`An entry behind it is gone`,
  leaf_reordered: msg`The entries of the log stand in another order`,
  checkpoint_invalid: msg`The signature of a checkpoint does not hold`,
  checkpoint_changed: msg`A checkpoint was changed after it was signed`,
  checkpoint_missing: msg`A checkpoint that the log names is gone`,
}
/** What the server names where a problem is in the log over all chains. */
const LOG = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Whose two values are hashes; those of the others are numbers of entries. */
const HASHED: Record<string, readonly [MessageDescriptor, MessageDescriptor]> = {
  changed: [msg`Hash on record`, msg`Hash of the text`],
  wrong_link: [msg`Hash of the entry before`, msg`Hash that it names`],
  head_differs: [msg`Hash that the end names`, msg`Hash on record`],
}
const SHOWN = 3

interface Names {
  nameOf: (id: unknown) => string | null
}

export function BrowserProblems({ problems, nameOf }: Names & { problems: readonly ChainProblem[] }) {
  return (
    <Listed count={problems.length} shown={Math.min(SHOWN, problems.length)}>
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={`${problem.chain} ${problem.seq} ${problem.code}`}>
          <Told problem={problem} nameOf={nameOf} />
          <Hashes problem={problem} />
        </li>
      ))}
    </Listed>
  )
}

export function ServerProblems({
  problems,
  count,
  nameOf,
}: Names & { problems: ServerPart['problems']; count: number }) {
  return (
    <Listed count={count} shown={Math.min(SHOWN, problems.length)}>
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={`${problem.chain} ${problem.seq} ${problem.code}`}>
          <Told problem={problem} nameOf={nameOf} />
        </li>
      ))}
    </Listed>
  )
}

function Listed({ count, shown, children }: { count: number; shown: number; children: React.ReactNode }) {
  if (count === 0) return null
  return (
    <>
      <ul className={css.problems}>{children}</ul>
      {count > shown && (
        <p className={css.dim}>
          <Plural value={count - shown} one="and # more" other="and # more" />
        </p>
      )}
    </>
  )
}

function Told({ problem, nameOf }: Names & { problem: { chain: string; seq: number; code: string } }) {
  const { i18n, t } = useLingui()
  const code = CODES[problem.code]
  const chain = problem.chain === LOG ? t`log of all organisations` : nameOf(problem.chain)
  return (
    <p className={css.told}>
      <strong>
        <Trans>Entry {problem.seq}</Trans>
        {chain && `, ${chain}`}:
      </strong>{' '}
      {code ? i18n._(code) : problem.code}
    </p>
  )
}

function Hashes({ problem }: { problem: ChainProblem }) {
  const { i18n } = useLingui()
  const names = HASHED[problem.code]
  // A number stands there where the link is wrong because an entry is in the list twice.
  if (!names || problem.expected.length < 64) return null
  return (
    <dl className={css.hashes}>
      <dt>{i18n._(names[0])}</dt>
      <dd>{problem.expected}</dd>
      <dt>{i18n._(names[1])}</dt>
      <dd>{problem.found || '–'}</dd>
    </dl>
  )
}
