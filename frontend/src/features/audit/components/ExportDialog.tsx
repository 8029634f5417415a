/** Takes what is shown out of LERS as a file that anybody can check without it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { saveBlob, serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { CopyText, Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import { CHECK_SCRIPT, extractOf } from '../export.ts'
import { MOST_AT_ONCE, readAll } from '../queries.ts'
import type { TrailSearch } from '../search.ts'
import css from './verify.module.css'

interface ExportDialogProps {
  opened: boolean
  onClose: () => void
  search: TrailSearch
  total: number | undefined
}

export default function ExportDialog({ opened, onClose, search, total }: ExportDialogProps) {
  const { t } = useLingui()
  const { save, read } = useExport(search)
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Export the trail`} size="lg">
      <div className={css.dialog}>
        <ErrorSummary problems={problemsOf(save.error)} />
        <p>
          <Trans>
            All entries that the filters leave, one a line, with their hashes: a file that proves itself without LERS.
          </Trans>
        </p>
        {total !== undefined && total > MOST_AT_ONCE && (
          <p>
            <Trans>
              The newest {formatNumber(MOST_AT_ONCE)} of {formatNumber(total)} are taken. Narrow the period to take the
              others.
            </Trans>
          </p>
        )}
        <Check />
        <p role="status" className={css.dim}>
          {save.isPending && <Trans>Fetching entries: {formatNumber(read)}</Trans>}
          {save.data && <Plural value={save.data.entries} one="Saved # entry as" other="Saved # entries as" />}{' '}
          {save.data?.name}
        </p>
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
          <Button
            data-autofocus
            leftSection={<IconDownload size={16} />}
            loading={save.isPending}
            disabled={total === 0}
            onClick={() => save.mutate()}
          >
            {total === undefined ? (
              <Trans>Save the file</Trans>
            ) : (
              <Plural value={Math.min(total, MOST_AT_ONCE)} one="Save # entry" other="Save # entries" />
            )}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function useExport(search: TrailSearch) {
  const me = useMe()
  const [read, setRead] = useState(0)
  const save = useMutation({
    mutationFn: async () => {
      const { entries, total } = await readAll(search, { onProgress: setRead })
      const exportedAt = new Date(serverNow()).toISOString()
      const text = extractOf(entries, { exportedAt, exportedBy: me.email, filters: search, total })
      const name = `lers-audit-${exportedAt.slice(0, 19).replaceAll(/[-:]/g, '')}.ndjson`
      saveBlob(new Blob([text], { type: 'application/x-ndjson' }), name)
      return { entries: entries.length, name }
    },
  })
  return { save, read }
}

function Check() {
  const { t } = useLingui()
  return (
    <details className={css.check}>
      <summary>
        <Trans>How to check the file</Trans>
      </summary>
      <p>
        <Trans>
          The hash of an entry is SHA-256 over <code>LERS-AUDIT-v1</code>, a zero byte, the hash of the entry before,
          and the entry's text. This script checks it with nothing but Python; the file's first line carries it, too.
        </Trans>
      </p>
      <CopyText value={CHECK_SCRIPT} label={t`Copy the script`} mono={false} />
      <pre>{CHECK_SCRIPT}</pre>
    </details>
  )
}
