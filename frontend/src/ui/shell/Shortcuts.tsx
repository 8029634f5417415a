/** `?`: the keys that work on this screen. */
import { Trans } from '@lingui/react/macro'
import { Modal, Switch } from '@mantine/core'
import { Keys, setShortcutsEnabled, useShortcuts, useShortcutsEnabled } from '../hotkeys.tsx'
import css from './shortcuts.module.css'

export default function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const groups = useShortcuts()
  const enabled = useShortcutsEnabled()
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={<Trans>Keyboard shortcuts</Trans>}>
      <Switch
        checked={enabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
        label={<Trans>Shortcuts of a single key</Trans>}
        description={<Trans>Switch them off if you dictate text, or press keys by accident.</Trans>}
      />
      <div className={css.groups}>
        {groups.map(({ scope, shortcuts }) => (
          <section key={scope}>
            <h3 className={css.title}>{scope}</h3>
            <dl className={css.list}>
              {shortcuts.map(({ keys, label }) => (
                <div className={css.row} key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
