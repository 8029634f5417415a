/** The mandate beside the request, so that numbers and dates can be compared. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFileOff } from '@tabler/icons-react'
import { useState } from 'react'
import { FilePreview, useFile } from '~/features/files/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { EmptyState, Panel, QueryState } from '~/ui/index.ts'

export function MandatePanel({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const fileId = request.legal_mandate_file_id
  return (
    <Panel title={t`Mandate`} note={t`Your reading of it is recorded.`}>
      {fileId ? (
        <Mandate key={fileId} fileId={fileId} />
      ) : (
        <EmptyState icon={<IconFileOff size={22} stroke={1.6} />} title={<Trans>No file is attached</Trans>}>
          <Trans>The legal ground stands on what is written in the request.</Trans>
        </EmptyState>
      )}
    </Panel>
  )
}

function Mandate({ fileId }: { fileId: string }) {
  const { t } = useLingui()
  const file = useFile(fileId)
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [asked, setAsked] = useState(false)
  if (narrow && !asked) return <Button variant="default" onClick={() => setAsked(true)}>{t`Show the mandate`}</Button>
  return (
    <QueryState query={file} lines={8}>
      {(found) => <FilePreview file={found} />}
    </QueryState>
  )
}
