/** Taking a template away. Drafts that were made of it stay as they are. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import { type Template, useDeleteTemplate } from '../queries.ts'
import css from './templates.module.css'

interface DeleteDialogProps {
  template: Template
  onClose: () => void
  onDeleted?: () => void
}

export function DeleteDialog({ template, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useLingui()
  const remove = useDeleteTemplate()
  const act = () =>
    remove.mutate(template, {
      onSuccess: () => {
        onClose()
        onDeleted?.()
      },
    })
  return (
    <Dialog opened onClose={onClose} title={t`Delete “${template.name}”?`}>
      <div className={css.fields}>
        <ErrorSummary problems={problemsOf(remove.error, () => undefined)} />
        <p className={css.hint}>
          {template.is_shared && <Trans>Nobody of your unit will find it any more.</Trans>}{' '}
          <Plural
            value={template.usage_count}
            _0="It was never used."
            one="The draft that was made of it stays."
            other="The # drafts that were made of it stay."
          />
        </p>
        <div className={css.buttons}>
          <Button color="red" loading={remove.isPending} onClick={act}>
            <Trans>Delete</Trans>
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Keep it</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
