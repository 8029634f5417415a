import { Trans } from '@lingui/react/macro'
import { Switch, Text } from '@mantine/core'
import { Keys, setShortcutsEnabled, useShortcutsEnabled } from '~/ui/hotkeys.tsx'
import { Panel } from '~/ui/index.ts'

export function Keyboard() {
  const enabled = useShortcutsEnabled()
  return (
    <Panel
      title={<Trans>Keyboard</Trans>}
      note={
        <Trans>
          Press <Keys keys="?" /> on any screen to see the keys that work there.
        </Trans>
      }
    >
      <Switch
        checked={enabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
        label={<Trans>Shortcuts of a single key</Trans>}
        description={
          <Trans>Switch them off if you dictate text, or press keys by accident. Kept on this device.</Trans>
        }
      />
      <Text size="sm" c="dimmed" mt="md">
        <Trans>
          Keys with Ctrl or Alt always work: <Keys keys="Ctrl+k" /> jumps anywhere, <Keys keys="Ctrl+Enter" /> sends
          what you write.
        </Trans>
      </Text>
    </Panel>
  )
}
