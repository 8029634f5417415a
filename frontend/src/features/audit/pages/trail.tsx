/** Who did what, when and from where, entry by entry; and the proof that nobody changed it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDownload, IconFingerprint, IconListSearch, IconShieldCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { formatExact, formatNumber } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, Page, Panel, useEver } from '~/ui/index.ts'
import { DataTable, usePrinting, useWidth } from '~/ui/table/index.ts'
import { EntryCard, useColumns } from '../components/columns.tsx'
import { FilterChips } from '../components/FilterChips.tsx'
import { TrailFilters } from '../components/TrailFilters.tsx'
import css from '../components/trail.module.css'
import { type Entry, keyOf } from '../entry.ts'
import { type Trail, useTrail } from '../use-trail.ts'
import { useVerification } from '../use-verification.ts'
import type { BrowserVerdict } from '../verification.ts'

const EntryPanel = lazy(() => import('../components/EntryPanel.tsx'))
const ExportDialog = lazy(() => import('../components/ExportDialog.tsx'))
const VerifyPanel = lazy(() => import('../components/VerifyPanel.tsx'))

/** From this width, in rem, an entry stands beside the list. */
const ROOM_BESIDE = 58

export default function TrailPage() {
  const { t } = useLingui()
  const trail = useTrail()
  const verification = useVerification(trail.search.tenant_id)
  const [exporting, setExporting] = useState(false)
  const exportUsed = useEver(exporting)
  const [open, setOpen] = useState<Entry | null>(null)
  const { browser } = verification.current
  const verdict = browser.state === 'done' ? browser.verdict : null
  useKeys(
    {
      v: { run: () => void verification.start(), label: t`Verify the chain` },
      e: { run: () => setExporting(true), label: t`Export what is shown` },
    },
    { scope: t`Audit trail` },
  )
  return (
    <Page
      title={t`Audit trail`}
      lead={<Trans>Who did what, when and from where. Each entry carries the hash of the one before it.</Trans>}
      actions={
        <>
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => setExporting(true)}>
            <Trans>Export</Trans>
          </Button>
          <Button
            leftSection={<IconShieldCheck size={16} />}
            loading={verification.busy}
            onClick={() => void verification.start()}
          >
            <Trans>Verify</Trans>
          </Button>
        </>
      }
    >
      {verification.current.begun && (
        <Suspense fallback={null}>
          <VerifyPanel verification={verification} nameOf={trail.nameOf} onShow={setOpen} />
        </Suspense>
      )}
      <Entries trail={trail} verdict={verdict} open={open} onOpen={setOpen} />
      {exportUsed && (
        <Suspense fallback={null}>
          <ExportDialog
            opened={exporting}
            onClose={() => setExporting(false)}
            search={trail.search}
            total={trail.total}
          />
        </Suspense>
      )}
    </Page>
  )
}

interface EntriesProps {
  trail: Trail
  verdict: BrowserVerdict | null
  open: Entry | null
  onOpen: (entry: Entry | null) => void
}

function Entries({ trail, verdict, open, onOpen }: EntriesProps) {
  const { t } = useLingui()
  const { query, entries } = trail
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const columns = useColumns({ trail, verdict })
  const card = useCallback(
    (entry: Entry) => <EntryCard entry={entry} trail={trail} verdict={verdict} />,
    [trail, verdict],
  )
  return (
    <div className={css.columns} ref={box}>
      <Panel flush className={css.list}>
        <div className={css.toolbar}>
          <TrailFilters trail={trail} />
          <OnPaper shown={entries.length} total={trail.total ?? 0} />
          <span className={clsx(css.total, 'l-no-print')} role="status">
            {trail.total !== undefined && <Plural value={trail.total} one="# entry" other="# entries" />}
          </span>
        </div>
        <FilterChips trail={trail} />
        {query.error && entries.length === 0 ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <DataTable
            label={t`Audit entries`}
            columns={columns}
            rows={entries}
            rowId={keyOf}
            rowName={(entry) => t`Entry ${entry.seq}`}
            onOpen={onOpen}
            onActive={(entry) => open && onOpen(entry)}
            card={card}
            loading={query.isPending}
            loadingMore={query.isFetchingNextPage}
            hasMore={query.hasNextPage}
            onEnd={() => void query.fetchNextPage()}
            empty={<Nothing trail={trail} />}
          />
        )}
      </Panel>
      {open && (
        <Suspense fallback={null}>
          <EntryPanel
            entry={open}
            trail={trail}
            verdict={verdict}
            beside={width >= ROOM_BESIDE}
            onClose={() => onOpen(null)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Whose sheet this is, of when, and how much of the trail it holds. */
function OnPaper({ shown, total }: { shown: number; total: number }) {
  const me = useMe()
  const at = usePrinting() ? formatExact(serverNow()) : ''
  return (
    <p className={css.onPaper}>
      <Trans>
        Printed by {me.full_name}, {me.tenant.name}, on {at}. The newest {formatNumber(shown)} of {formatNumber(total)}{' '}
        entries.
      </Trans>
    </p>
  )
}

function Nothing({ trail }: { trail: Trail }) {
  const narrowed = Object.keys(trail.search).length > 0
  if (!narrowed) {
    return (
      <EmptyState icon={<IconFingerprint size={22} stroke={1.6} />} title={<Trans>Nothing is on record yet</Trans>}>
        <Trans>Every sign-in, step and refused attempt of your organisation is written here.</Trans>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<IconListSearch size={22} stroke={1.6} />}
      title={<Trans>Nothing on record matches these filters</Trans>}
      action={
        <Button variant="default" onClick={() => trail.go({})}>
          <Trans>Show the whole trail</Trans>
        </Button>
      }
    />
  )
}
