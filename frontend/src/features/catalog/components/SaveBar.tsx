/** What saving does, said before it is done; what differs is one click away. */
import { Plural, Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Keys } from '~/ui/hotkeys.tsx'
import type { Editor } from '../use-editor.ts'
import css from './editor.module.css'

export function SaveBar({ editor }: { editor: Editor }) {
  const { base, changed, unsaved, pending } = editor
  return (
    <section className={css.savebar} aria-live="polite">
      <p>
        {!base ? (
          <Trans>This makes version 1.</Trans>
        ) : !unsaved ? (
          <Trans>Nothing differs from version {base.version}.</Trans>
        ) : (
          <>
            <Plural value={changed.length} one="# part differs." other="# parts differ." />{' '}
            <Trans>A change makes version {base.version + 1}; open requests keep theirs.</Trans>
          </>
        )}
      </p>
      <div className={css.buttons}>
        {base && unsaved && (
          <Button variant="default" onClick={editor.reset} disabled={pending}>
            <Trans>Undo all</Trans>
          </Button>
        )}
        <Button
          onClick={() => void editor.submit()}
          loading={pending}
          disabled={base !== null && !unsaved}
          rightSection={<Keys keys="Ctrl+s" />}
        >
          {base ? <Trans>Save as version {base.version + 1}</Trans> : <Trans>Make the item</Trans>}
        </Button>
      </div>
    </section>
  )
}
