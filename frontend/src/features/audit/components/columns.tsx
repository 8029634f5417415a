/** The columns of the trail, and an entry as a card. */
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { type ReactNode, useMemo } from 'react'
import type { Column } from '~/ui/table/index.ts'
import { deviceOf, type Entry, readTold } from '../entry.ts'
import type { TrailSearch } from '../search.ts'
import type { Trail } from '../use-trail.ts'
import { type BrowserVerdict, standingOf } from '../verification.ts'
import { eventWord, objectWord } from '../words.ts'
import { Exact } from './Exact.tsx'
import { StandingBadge } from './Standing.tsx'
import css from './trail.module.css'

interface Options {
  trail: Trail
  verdict: BrowserVerdict | null
}

export function useColumns({ trail, verdict }: Options): Column<Entry>[] {
  const { t } = useLingui()
  const { overAll, setRequest } = trail
  return useMemo(() => {
    const columns: Column<Entry>[] = [
      {
        id: 'when',
        header: t`When`,
        width: '9.5rem',
        cell: (entry) => <Exact at={entry.at} stacked />,
      },
      {
        id: 'what',
        header: t`What`,
        width: 'minmax(10rem, 1.4fr)',
        cell: (entry) => <What entry={entry} />,
      },
      {
        id: 'who',
        header: t`Who`,
        width: 'minmax(8rem, 0.9fr)',
        cell: (entry) => <Who entry={entry} overAll={overAll} />,
      },
      {
        id: 'about',
        header: t`About`,
        width: 'minmax(12.75rem, 1.1fr)',
        cell: (entry) => <About entry={entry} setRequest={setRequest} />,
      },
      {
        id: 'where',
        header: t`From where`,
        width: 'minmax(8rem, 0.9fr)',
        from: 60,
        cell: (entry) => <Where entry={entry} />,
      },
      {
        id: 'place',
        header: t`Entry`,
        width: '7rem',
        cell: (entry) => <Place entry={entry} verdict={verdict} />,
      },
    ]
    return columns.map((column) => ({
      ...column,
      cell: (entry) => (
        <Proved entry={entry} verdict={verdict}>
          {column.cell(entry)}
        </Proved>
      ),
    }))
  }, [t, overAll, setRequest, verdict])
}

/** Grey where nothing proves the entry any more. */
function Proved({ entry, verdict, children }: { entry: Entry; verdict: BrowserVerdict | null; children: ReactNode }) {
  return <div className={standingOf(verdict, entry) === 'unproved' ? css.unproved : undefined}>{children}</div>
}

/** A step to everything of one kind: the address is the filter. */
function Follow({
  to,
  title,
  children,
  onClick,
}: {
  to: TrailSearch
  title: string
  children: ReactNode
  onClick?: () => void
}) {
  return (
    <Link
      to={'.' as string}
      search={to as never}
      resetScroll={false}
      className={css.followed}
      title={title}
      onClick={onClick}
    >
      {children}
    </Link>
  )
}

function What({ entry }: { entry: Entry }) {
  const { i18n } = useLingui()
  return (
    <div className={css.stack}>
      <span className={css.what}>{eventWord(i18n, entry.event)}</span>
      <span className={css.rawName}>{entry.event}</span>
    </div>
  )
}

function Who({ entry, overAll }: { entry: Entry; overAll: boolean }) {
  const { t } = useLingui()
  const { actor, tenant } = entry
  const below = overAll ? tenant.name : actor.rank
  return (
    <div className={css.stack}>
      <Follow to={{ actor_id: actor.id }} title={t`Follow this person`}>
        {actor.name}
      </Follow>
      {below && <span className={css.sub}>{below}</span>}
    </div>
  )
}

const SHORT = 8

function About({ entry, setRequest }: { entry: Entry; setRequest: Trail['setRequest'] }) {
  const { t, i18n } = useLingui()
  const { request_id, request_number } = entry
  const thing = objectWord(i18n, entry.object_type)
  const number = request_number ?? (request_id && t`Request …${request_id.slice(-SHORT)}`)
  return (
    <div className={css.stack}>
      {request_id ? (
        <Follow
          to={{ request_id }}
          title={t`Follow this request`}
          onClick={() => request_number && setRequest({ id: request_id, name: request_number })}
        >
          {number}
        </Follow>
      ) : (
        <span className={css.one}>{thing ?? '–'}</span>
      )}
      {request_id && entry.object_type !== 'request' && <span className={css.sub}>{thing ?? entry.object_type}</span>}
      {!request_id && entry.object_id && <span className={css.rawName}>…{entry.object_id.slice(-SHORT)}</span>}
    </div>
  )
}

function Where({ entry }: { entry: Entry }) {
  const { ip, userAgent } = readTold(entry.canonical)
  if (!ip && !userAgent) return <span className={css.dim}>–</span>
  return (
    <div className={css.stack}>
      <span className={css.one}>{ip ?? '–'}</span>
      <span className={css.sub} title={userAgent ?? undefined}>
        {deviceOf(userAgent)}
      </span>
    </div>
  )
}

function Place({ entry, verdict }: { entry: Entry; verdict: BrowserVerdict | null }) {
  const standing = standingOf(verdict, entry)
  return (
    <div className={css.stack}>
      <span className={css.seq}>#{entry.seq}</span>
      {standing === 'unknown' ? (
        <span className={css.rawName}>{entry.hash.slice(0, SHORT)}…</span>
      ) : (
        <span>
          <StandingBadge standing={standing} />
        </span>
      )}
      <span className={clsx(css.onPaper, css.hash)}>{entry.hash}</span>
    </div>
  )
}

export function EntryCard({ entry, trail, verdict }: { entry: Entry } & Options) {
  return (
    <div className={clsx(css.card, standingOf(verdict, entry) === 'unproved' && css.unproved)}>
      <div className={css.cardLine}>
        <What entry={entry} />
        <Place entry={entry} verdict={verdict} />
      </div>
      <div className={css.cardLine}>
        <Who entry={entry} overAll={trail.overAll} />
        <About entry={entry} setRequest={trail.setRequest} />
      </div>
      <span className={css.sub}>
        <Exact at={entry.at} />
      </span>
    </div>
  )
}
