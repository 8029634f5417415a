/** Taking an item off offer, or away. One that requests were made from is withdrawn, never deleted. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Dialog, ErrorSummary, problemsOf, QueryState } from '~/ui/index.ts'
import { type CatalogItem, usageQuery, useDeleteItem, useSaveItem } from '../queries.ts'
import css from './editor.module.css'

interface DialogProps {
  item: CatalogItem
  onClose: () => void
}

export function WithdrawDialog({ item, onClose }: DialogProps) {
  const { t } = useLingui()
  const save = useSaveItem()
  const withdraw = () =>
    save.mutate({ id: item.id, version: item.version, body: { is_active: false } }, { onSuccess: onClose })
  return (
    <Dialog opened onClose={onClose} title={t`Withdraw “${item.name}”?`}>
      <div className={css.fields}>
        <ErrorSummary problems={problemsOf(save.error, () => undefined)} />
        <p className={css.hint}>
          <Trans>
            Officers find it no more, and templates made from it rest. Open requests go on as they were promised. You
            can offer it again at any time.
          </Trans>
        </p>
        <div className={css.buttons}>
          <Button onClick={withdraw} loading={save.isPending} data-autofocus>
            <Trans>Withdraw</Trans>
          </Button>
          <Button variant="default" onClick={onClose}>
            <Trans>Keep it on offer</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

export function DeleteDialog({ item, onClose }: DialogProps) {
  const { t } = useLingui()
  const usage = useQuery(usageQuery(item.id))
  return (
    <Dialog opened onClose={onClose} title={t`Delete “${item.name}”?`}>
      <QueryState query={usage} lines={2}>
        {({ total }) => <Deletion item={item} used={total} onClose={onClose} />}
      </QueryState>
    </Dialog>
  )
}

function Deletion({ item, used, onClose }: DialogProps & { used: number }) {
  const remove = useDeleteItem()
  const save = useSaveItem()
  const act = () =>
    used > 0
      ? save.mutate({ id: item.id, version: item.version, body: { is_active: false } }, { onSuccess: onClose })
      : remove.mutate(item, { onSuccess: onClose })
  return (
    <div className={css.fields}>
      <ErrorSummary problems={problemsOf(remove.error ?? save.error, () => undefined)} />
      <p className={css.hint}>
        {used === 0 ? (
          <Trans>No request was made from it. Deleted, it is gone from your list and cannot be brought back.</Trans>
        ) : (
          <>
            <Plural value={used} one="# request was made from it," other="# requests were made from it," />{' '}
            <Trans>so it is not deleted. Withdrawn, it stays in your list alone.</Trans>
          </>
        )}
      </p>
      <div className={css.buttons}>
        {used === 0 ? (
          <Button color="red" onClick={act} loading={remove.isPending}>
            <Trans>Delete</Trans>
          </Button>
        ) : (
          <Button onClick={act} loading={save.isPending} disabled={!item.is_active}>
            {item.is_active ? <Trans>Withdraw instead</Trans> : <Trans>Withdrawn already</Trans>}
          </Button>
        )}
        <Button variant="default" onClick={onClose} data-autofocus>
          <Trans>Not now</Trans>
        </Button>
      </div>
    </div>
  )
}
