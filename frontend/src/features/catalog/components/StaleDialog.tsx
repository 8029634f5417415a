/** Somebody else changed the item meanwhile: what they did, and the choice to go on over it or to take it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Dialog } from '~/ui/index.ts'
import { formFrom, type ItemForm, rebase } from '../item-form.ts'
import type { CatalogItem } from '../queries.ts'
import { Changes } from './Changes.tsx'
import css from './editor.module.css'

interface StaleDialogProps {
  base: ItemForm
  mine: ItemForm
  newest: CatalogItem
  onKeep: (form: ItemForm) => void
  onTake: () => void
  onClose: () => void
}

export function StaleDialog({ base, mine, newest, onKeep, onTake, onClose }: StaleDialogProps) {
  const { t } = useLingui()
  const theirs = formFrom(newest)
  const found = rebase(base, mine, theirs)
  return (
    <Dialog opened onClose={onClose} title={t`The item was changed elsewhere`} size="lg">
      <div className={css.fields}>
        <p className={css.hint}>
          <Trans>
            It is at version {newest.version} now. Nothing of yours is lost, and nothing was saved yet. This was
            changed:
          </Trans>
        </p>
        <Changes before={base} now={theirs} names={found.theirs} label={t`What was changed elsewhere`} />
        {found.clashes.length > 0 && (
          <>
            <p className={css.hint}>
              <Plural
                value={found.clashes.length}
                one="You changed one part of it, too. Yours would take its place:"
                other="You changed # parts of it, too. Yours would take their place:"
              />
            </p>
            <Changes before={theirs} now={found.form} names={found.clashes} label={t`What yours would replace`} />
          </>
        )}
        <div className={css.buttons}>
          <Button onClick={() => onKeep(found.form)} data-autofocus>
            <Trans>Put mine on top</Trans>
          </Button>
          <Button variant="default" onClick={onTake}>
            <Trans>Take theirs, drop mine</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
