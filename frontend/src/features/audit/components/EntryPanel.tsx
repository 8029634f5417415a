/** One entry in full: what was done, by whom, from where, what it changed, and where it stands in its chain. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatNumber, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { CopyText, Facts, Hash, Person } from '~/ui/index.ts'
import { deviceOf, type Entry, readTold } from '../entry.ts'
import type { TrailSearch } from '../search.ts'
import type { Trail } from '../use-trail.ts'
import { type BrowserVerdict, standingOf } from '../verification.ts'
import { eventWord, objectWord } from '../words.ts'
import { ChangeList } from './ChangeList.tsx'
import { Exact } from './Exact.tsx'
import { StandingBadge } from './Standing.tsx'
import css from './trail.module.css'

/** The role of what LERS does by itself: it is nobody's, so it is no term. */
const SYSTEM = 'SYSTEM'

interface EntryPanelProps {
  entry: Entry
  trail: Trail
  verdict: BrowserVerdict | null
  /** There is room beside the list; else it lies over it. */
  beside: boolean
  onClose: () => void
}

export default function EntryPanel(props: EntryPanelProps) {
  const { entry, beside, onClose } = props
  const { t, i18n } = useLingui()
  useKeys({ Escape: { run: onClose, label: t`Close the entry` } }, { scope: t`Audit trail` })
  const title = eventWord(i18n, entry.event)
  if (!beside) {
    return (
      <Drawer opened onClose={onClose} position="right" size="26rem" title={title}>
        <Content {...props} />
      </Drawer>
    )
  }
  return (
    <aside className={css.entry} aria-label={t`Entry ${entry.seq}`}>
      <div className={css.entryHead}>
        <h2>{title}</h2>
        <ActionIcon onClick={onClose} aria-label={t`Close the entry`}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      <Content {...props} />
    </aside>
  )
}

function Content({ entry, trail, verdict, onClose, beside }: EntryPanelProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const told = readTold(entry.canonical)
  const done = () => {
    if (!beside) onClose()
  }
  return (
    <div className={css.entryBody}>
      <Follow entry={entry} trail={trail} onDone={done} />
      <Section title={<Trans>What changed</Trans>}>
        <ChangeList entry={entry} nameOf={trail.nameOf} />
        {entry.why && (
          <p className={css.why}>
            <Trans>Reason given: {entry.why}</Trans>
          </p>
        )}
      </Section>
      <Section title={<Trans>Who, when and where</Trans>}>
        <Facts
          rows={[
            [t`Who`, <Person key="who" person={entry.actor} />],
            [t`Role`, told.role === SYSTEM ? t`The system itself` : term('role', told.role)],
            [t`E-mail`, told.role === SYSTEM ? null : told.email],
            [t`Organisation`, entry.tenant.name],
            [t`When`, <Exact key="when" at={entry.at} />],
            [t`IP address`, told.ip],
            [t`Device`, told.userAgent && <span title={told.userAgent}>{deviceOf(told.userAgent)}</span>],
            [t`Call`, told.call && <Hash key="call" value={told.call} />],
            [t`Session`, told.session && <Hash key="session" value={told.session} />],
          ]}
        />
      </Section>
      <Section title={<Trans>About</Trans>}>
        <Facts
          rows={[
            [
              t`Event`,
              <span key="event" className={css.mono}>
                {entry.event}
              </span>,
            ],
            [t`Thing`, objectWord(i18n, entry.object_type) ?? <span className={css.mono}>{entry.object_type}</span>],
            [t`Version`, told.objectVersion],
            [t`Id`, entry.object_id && <Hash key="id" value={entry.object_id} />],
            [t`Request`, entry.request_id && <RequestLink key="request" entry={entry} />],
          ]}
        />
      </Section>
      <Section title={<Trans>Place in the chain</Trans>}>
        <Facts
          rows={[
            [t`Entry`, <Place key="place" entry={entry} verdict={verdict} />],
            [t`Its hash`, <Hash key="hash" value={entry.hash} />],
            [t`Hash of the one before`, <Hash key="prev" value={entry.prev_hash} />],
          ]}
        />
        <details className={css.raw}>
          <summary>
            <Trans>The text that was hashed</Trans>
          </summary>
          <CopyText value={entry.canonical} />
        </details>
      </Section>
    </div>
  )
}

function Section({ title, children }: { title: React.ReactNode; children: React.ReactNode }) {
  return (
    <section className={css.section}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Place({ entry, verdict }: Pick<EntryPanelProps, 'entry' | 'verdict'>) {
  return (
    <span className={css.place}>
      {formatNumber(entry.seq)}
      <StandingBadge standing={standingOf(verdict, entry)} />
    </span>
  )
}

function RequestLink({ entry }: { entry: Entry }) {
  const id = entry.request_id as string
  if (!entry.request_number) return <Hash value={id} />
  return (
    <Link to={'/requests/$requestId' as string} params={{ requestId: id } as never} className={css.link}>
      {entry.request_number}
    </Link>
  )
}

/** One click to everything else about this request, by this person, of this thing, or of this kind. */
function Follow({ entry, trail, onDone }: { entry: Entry; trail: Trail; onDone: () => void }) {
  const { t } = useLingui()
  const follow = (next: TrailSearch) => () => {
    if (entry.request_id && entry.request_number) {
      trail.setRequest({ id: entry.request_id, name: entry.request_number })
    }
    trail.go(next)
    onDone()
  }
  const all: { name: string; next: TrailSearch | null }[] = [
    { name: t`This request`, next: entry.request_id ? { request_id: entry.request_id } : null },
    { name: t`This person`, next: { actor_id: entry.actor.id } },
    {
      name: t`This thing`,
      next: entry.object_id && entry.object_id !== entry.request_id ? { object_id: entry.object_id } : null,
    },
    { name: t`Events like this`, next: { event: entry.event } },
  ]
  const ways = all.flatMap(({ name, next }) => (next ? [{ name, next }] : []))
  return (
    <ul className={css.follow} aria-label={t`Follow in the trail`}>
      <li className={css.dim} aria-hidden>
        <Trans>Follow</Trans>
      </li>
      {ways.map(({ name, next }) => (
        <li key={name}>
          <Button size="compact-sm" variant="default" onClick={follow(next)}>
            {name}
          </Button>
        </li>
      ))}
    </ul>
  )
}
