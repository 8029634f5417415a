/** Saves the manifest that is on the screen. */
import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { KeptManifest } from '../queries.ts'
import { saveManifest } from '../save-manifest.ts'

export function SaveManifest({ kept }: { kept: KeptManifest }) {
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => saveManifest(kept)}
    >
      <Trans>Save the manifest</Trans>
    </Button>
  )
}
