/** Beginning something new with what is there: another draft, or a template for the unit. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import { type LersRequest, useCopyAsDraft, useSaveAsTemplate } from '../queries.ts'
import css from './action.module.css'

interface ReuseProps {
  request: LersRequest
  opened: boolean
  onClose: () => void
}

export function UseAgainDialog({ request, opened, onClose }: ReuseProps) {
  const { t } = useLingui()
  const { navigate } = useRouter()
  const [withIdentifiers, setWithIdentifiers] = useState(false)
  const copy = useCopyAsDraft()

  function submit(event: FormEvent): void {
    event.preventDefault()
    copy.mutate(
      { request, withIdentifiers },
      { onSuccess: (draft) => void navigate({ to: `/requests/${draft.id}/edit` as string }) },
    )
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Use again as a new draft`} size="lg">
      <form className={css.form} onSubmit={submit}>
        <p className={css.meaning}>
          <Trans>
            The new draft asks the same of {request.provider_tenant.name}, for the same period, on the same ground. The
            mandate file is not copied: each request needs its own.
          </Trans>
        </p>
        <Checkbox
          checked={withIdentifiers}
          onChange={(event) => setWithIdentifiers(event.currentTarget.checked)}
          label={t`Copy the identifiers too`}
          description={t`For this they are read in clear, which is recorded in the timeline of this request.`}
        />
        <ErrorSummary problems={problemsOf(copy.error)} />
        <Buttons onClose={onClose} pending={copy.isPending}>
          <Trans>Make the draft</Trans>
        </Buttons>
      </form>
    </Dialog>
  )
}

export function SaveTemplateDialog(props: ReuseProps) {
  const { t } = useLingui()
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t`Save as a template`} size="lg">
      <TemplateForm {...props} />
    </Dialog>
  )
}

function TemplateForm({ request, onClose }: ReuseProps) {
  const { t } = useLingui()
  const term = useTerm()
  const [name, setName] = useState(`${term('requestType', request.request_type)} – ${request.provider_tenant.name}`)
  const [shared, setShared] = useState(true)
  const [lacking, setLacking] = useState(false)
  const save = useSaveAsTemplate()

  function submit(event: FormEvent): void {
    event.preventDefault()
    setLacking(name.trim() === '')
    if (name.trim() === '') return
    save.mutate(
      { request, name: name.trim(), shared },
      {
        onSuccess: (template) => {
          notifications.show({ message: t`Template saved: ${template.name}` })
          onClose()
        },
      },
    )
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <p className={css.meaning}>
        <Trans>
          A template keeps what is asked, the ground, the period and the description. Identifiers, files and the case
          number never stand in it.
        </Trans>
      </p>
      <ErrorSummary
        problems={
          lacking
            ? [{ field: 'template-name', message: t`Give the template a name` }]
            : problemsOf(save.error, (field) => (field === 'name' ? 'template-name' : undefined))
        }
      />
      <TextInput
        id="template-name"
        label={t`Name`}
        value={name}
        maxLength={200}
        autoComplete="off"
        error={lacking && t`Give the template a name`}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
        label={t`Share it with my unit`}
      />
      <Buttons onClose={onClose} pending={save.isPending}>
        <Trans>Save the template</Trans>
      </Buttons>
    </form>
  )
}

function Buttons({ onClose, pending, children }: { onClose: () => void; pending: boolean; children: ReactNode }) {
  return (
    <div className={css.buttons}>
      <Button variant="default" onClick={onClose}>
        <Trans>Not now</Trans>
      </Button>
      <Button type="submit" loading={pending}>
        {children}
      </Button>
    </div>
  )
}
