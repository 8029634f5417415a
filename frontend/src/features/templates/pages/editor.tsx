/** A prepared request is written: what it asks of whom, what it says, and the blanks it leaves to the case. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { placeholderLabel } from '~/domain/placeholders.ts'
import { useTerm } from '~/i18n/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import {
  ErrorSummary,
  Facts,
  Loading,
  Page,
  Panel,
  Person,
  problemsOf,
  QueryState,
  Time,
  ToneBadge,
} from '~/ui/index.ts'
import { LeaveGuard } from '~/ui/LeaveGuard.tsx'
import { DeleteDialog } from '../components/DeleteDialog.tsx'
import { AddressSection, NameSection, TextSection } from '../components/Sections.tsx'
import { SincePanel } from '../components/Since.tsx'
import css from '../components/templates.module.css'
import { type EarlierRequest, requestQuery, type Template, templateQuery, useUseTemplate } from '../queries.ts'
import type { TemplateSearch } from '../search.ts'
import { blanksIn, EMPTY_TEMPLATE, formFromRequest, type TemplateForm } from '../template-form.ts'
import { type TemplateEditor, useTemplateEditor } from '../use-template-editor.ts'

// What draws the questions of an item is the wizard's, and heavy; few templates begin from a request.
const AnswersSection = lazy(async () => ({
  default: (await import('../components/AnswersSection.tsx')).AnswersSection,
}))
const FromRequest = lazy(async () => ({ default: (await import('../components/FromRequest.tsx')).FromRequest }))

export default function EditorPage() {
  const { templateId = 'new' } = useParams({ strict: false }) as { templateId?: string }
  const { item, request } = useSearch({ strict: false }) as TemplateSearch
  if (templateId !== 'new') return <Existing key={templateId} id={templateId} />
  if (request) return <OfRequest key={request} id={request} />
  return <Fresh key={item ?? 'new'} item={item} />
}

function Fresh({ item }: { item: string | undefined }) {
  const [begin] = useState<TemplateForm>(() => ({ ...EMPTY_TEMPLATE, itemId: item ?? null }))
  return <Editor template={null} begin={begin} />
}

function Existing({ id }: { id: string }) {
  const query = useQuery(templateQuery(id))
  if (!query.data) return <Waiting query={query} />
  return <Editor template={query.data} begin={EMPTY_TEMPLATE} />
}

function OfRequest({ id }: { id: string }) {
  const query = useQuery(requestQuery(id))
  if (!query.data) return <Waiting query={query} />
  return <Taken request={query.data} />
}

function Taken({ request }: { request: EarlierRequest }) {
  const term = useTerm()
  const [begin] = useState(() =>
    formFromRequest(request, `${term('requestType', request.request_type)} – ${request.provider_tenant.name}`),
  )
  return <Editor template={null} begin={begin} />
}

function Waiting({
  query,
}: {
  query: { data: undefined; error: unknown; isPending: boolean; refetch: () => unknown }
}) {
  const { t } = useLingui()
  return (
    <Page title={t`Template`}>
      <Panel>
        <QueryState query={query} lines={8}>
          {() => null}
        </QueryState>
      </Panel>
    </Page>
  )
}

function Editor({ template, begin }: { template: Template | null; begin: TemplateForm }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [goTo, setGoTo] = useState<string | null>(null)
  const [deleting, setDeleting] = useState(false)
  const editor = useTemplateEditor(template, begin, (saved) => {
    notifications.show({ message: t`Template saved: ${saved.name}` })
    if (!template) setGoTo(`/templates/${saved.id}`)
  })
  // Only once the guard knows that nothing is unsaved any more.
  useEffect(() => {
    if (goTo) void navigate({ to: goTo as string, replace: true })
  }, [goTo, navigate])
  const writable = template === null || template.abilities.update
  useKeys(
    {
      'Ctrl+s': { run: () => void editor.submit(), label: t`Save the template` },
      'Ctrl+Enter': () => void editor.submit(),
    },
    { scope: t`Template`, enabled: writable && !deleting },
  )
  const section = {
    form: editor.form,
    set: editor.set,
    disabled: !writable,
    nameError: editor.nameless ? t`Give the template a name` : undefined,
  }
  return (
    <Page
      title={template ? template.name : t`New template`}
      lead={!writable && t`Only its maker and your unit's administrator may change it.`}
      actions={<Actions template={template} unsaved={editor.unsaved} onDelete={() => setDeleting(true)} />}
    >
      <Problems editor={editor} template={template} />
      <div className={css.layout}>
        <div className={css.main}>
          {!template && begin.name === '' && (
            <Panel>
              <Suspense fallback={<Loading lines={2} />}>
                <FromRequest />
              </Suspense>
            </Panel>
          )}
          <NameSection {...section} />
          <AddressSection {...section} />
          <TextSection {...section} />
          <Suspense fallback={null}>
            <AnswersSection {...section} />
          </Suspense>
          {writable && <SaveBar editor={editor} />}
        </div>
        <div className={css.side}>
          {template && (
            <SincePanel
              template={template}
              unsaved={editor.unsaved}
              onConfirmed={(confirmed) => editor.rebase(confirmed, false)}
            />
          )}
          <BlanksPanel form={editor.form} />
          {template && <About template={template} />}
        </div>
      </div>
      <LeaveGuard unsaved={editor.unsaved && goTo === null} />
      {deleting && template && (
        <DeleteDialog template={template} onClose={() => setDeleting(false)} onDeleted={() => setGoTo('/templates')} />
      )}
    </Page>
  )
}

interface ActionsProps {
  template: Template | null
  unsaved: boolean
  onDelete: () => void
}

function Actions({ template, unsaved, onDelete }: ActionsProps) {
  const navigate = useNavigate()
  const use = useUseTemplate()
  return (
    <>
      <Button
        component={Link}
        to={'/templates' as string}
        variant="default"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        <Trans>Templates</Trans>
      </Button>
      {template?.abilities.delete && (
        <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
          <Trans>Delete</Trans>
        </Button>
      )}
      {template?.abilities.use && (
        <Button
          loading={use.isPending}
          disabled={unsaved || template.catalog_item_offered === false}
          onClick={() =>
            use.mutate(template.id, {
              onSuccess: (draft) => void navigate({ to: `/requests/${draft.id}/edit` as string }),
            })
          }
        >
          <Trans>Use it</Trans>
        </Button>
      )}
      <ErrorSummary problems={problemsOf(use.error, () => undefined)} />
    </>
  )
}

/** Where the API's names of what it refuses stand on the page. */
const PLACES: Record<string, string> = {
  name: 'template-name',
  description: 'template-about',
  catalog_item_id: 'template-item',
  provider_tenant_id: 'template-provider',
  request_type: 'template-type',
}

function Problems({ editor, template }: { editor: TemplateEditor; template: Template | null }) {
  const { t } = useLingui()
  const cache = useQueryClient()
  if (editor.nameless)
    return <ErrorSummary problems={[{ field: 'template-name', message: t`Give the template a name` }]} />
  if (!editor.stale || !template) {
    const placeOf = (name: string) =>
      name.startsWith('content.answers.') ? `answer-${name.slice('content.answers.'.length)}` : PLACES[name]
    return <ErrorSummary problems={problemsOf(editor.error, placeOf)} />
  }
  const read = () => cache.fetchQuery({ ...templateQuery(template.id), staleTime: 0 })
  return (
    <Panel title={<Trans>The template was changed elsewhere</Trans>}>
      <div className={css.fields} role="alert">
        <p className={css.hint}>
          <Trans>
            A colleague saved it while you were writing. Nothing was saved yet: take theirs and lose what you wrote, or
            save yours over it.
          </Trans>
        </p>
        <div className={css.buttons}>
          <Button onClick={() => void read().then((newest) => editor.rebase(newest, false))}>
            <Trans>Take theirs</Trans>
          </Button>
          <Button variant="default" onClick={() => void read().then((newest) => editor.rebase(newest, true))}>
            <Trans>Go on with mine</Trans>
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function SaveBar({ editor }: { editor: TemplateEditor }) {
  const { unsaved, pending, isNew } = editor
  return (
    <section className={css.savebar} aria-live="polite">
      <p>
        {isNew ? (
          <Trans>Not saved yet.</Trans>
        ) : unsaved ? (
          <Trans>Drafts that were made of it stay as they are.</Trans>
        ) : (
          <Trans>All is saved.</Trans>
        )}
      </p>
      <div className={css.buttons}>
        {unsaved && (
          <Button variant="default" onClick={editor.undo} disabled={pending}>
            <Trans>Undo all</Trans>
          </Button>
        )}
        <Button
          onClick={() => void editor.submit()}
          loading={pending}
          disabled={!isNew && !unsaved}
          rightSection={<Keys keys="Ctrl+s" />}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
    </section>
  )
}

function BlanksPanel({ form }: { form: TemplateForm }) {
  const names = blanksIn(form)
  return (
    <Panel title={<Trans>Blanks</Trans>}>
      {names.length === 0 ? (
        <p className={css.hint}>
          <Trans>None: the texts are used as they are.</Trans>
        </p>
      ) : (
        <div className={css.fields}>
          <p className={css.hint}>
            <Plural
              value={names.length}
              one="One is filled in when it is used:"
              other="# are filled in when it is used:"
            />
          </p>
          <ul className={css.blankList}>
            {names.map((name) => (
              <li key={name}>
                <ToneBadge tone="violet">{placeholderLabel(name)}</ToneBadge>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

function About({ template }: { template: Template }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>How it is used</Trans>}>
      <Facts
        rows={[
          [t`Made by`, <Person key="by" person={template.created_by} />],
          [
            t`Used`,
            template.usage_count === 0 ? (
              t`Not yet`
            ) : (
              <Plural key="used" value={template.usage_count} one="# time" other="# times" />
            ),
          ],
          [t`Last use`, template.last_used_at && <Time key="last" at={template.last_used_at} />],
          [t`Last edit`, <Time key="edit" at={template.updated_at} style="datetime" />],
          [t`Version`, String(template.version)],
        ]}
      />
    </Panel>
  )
}
