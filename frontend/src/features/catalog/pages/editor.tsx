/** A provider writes an item: what it is, what it asks for, how fast it is answered; with the officer's form beside it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'
import {
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  Loading,
  Page,
  Panel,
  problemsOf,
  QueryState,
} from '~/ui/index.ts'
import { LeaveGuard } from '~/ui/LeaveGuard.tsx'
import { Changes } from '../components/Changes.tsx'
import css from '../components/editor.module.css'
import { FieldBuilder } from '../components/FieldBuilder.tsx'
import { fieldId } from '../components/FieldEditor.tsx'
import { SaveBar } from '../components/SaveBar.tsx'
import {
  BasicsSection,
  LegalSection,
  OfferSection,
  OutputSection,
  PromiseSection,
  partId,
} from '../components/Sections.tsx'
import { useFaultWord } from '../fault-words.ts'
import { fieldsFrom, rawOf } from '../fields.ts'
import { API_NAMES, EMPTY_ITEM, FORM_NAMES, formFrom, type ItemForm } from '../item-form.ts'
import { type CatalogItem, itemQuery } from '../queries.ts'
import type { EditorSearch } from '../search.ts'
import { starterForm } from '../starters.ts'
import { type Editor, useEditor } from '../use-editor.ts'

const OfficerPreview = lazy(async () => ({
  default: (await import('../components/OfficerPreview.tsx')).OfficerPreview,
}))
const StaleDialog = lazy(async () => ({ default: (await import('../components/StaleDialog.tsx')).StaleDialog }))
const Versions = lazy(async () => ({ default: (await import('../components/Versions.tsx')).Versions }))

export default function EditorPage() {
  const { t } = useLingui()
  const { itemId = 'new' } = useParams({ strict: false }) as { itemId?: string }
  const { from, starter } = useSearch({ strict: false }) as EditorSearch
  const source = itemId === 'new' ? from : itemId
  const query = useQuery({ ...itemQuery(source ?? ''), enabled: source !== undefined })
  if (source === undefined) {
    return <Loaded key={starter ?? 'new'} item={null} begin={(starter && starterForm(starter)) || EMPTY_ITEM} />
  }
  if (!query.data) {
    return (
      <Page title={t`Catalog item`}>
        <Panel>
          <QueryState query={query} lines={10}>
            {() => null}
          </QueryState>
        </Panel>
      </Page>
    )
  }
  if (itemId === 'new') return <Copied key={`copy-${source}`} of={query.data} />
  if (!query.data.abilities.update) return <Closed item={query.data} />
  return <Loaded key={itemId} item={query.data} begin={EMPTY_ITEM} />
}

/** Another provider's item, by its address: it can be read in their catalog, and not be changed here. */
function Closed({ item }: { item: CatalogItem }) {
  return (
    <Page title={item.name} lead={item.provider_tenant.name}>
      <Panel>
        <EmptyState
          icon={<IconLock size={22} stroke={1.6} />}
          title={<Trans>You cannot change this item</Trans>}
          action={
            <Button component={Link} to="/catalog" variant="default">
              <Trans>Catalog</Trans>
            </Button>
          }
        >
          <Trans>Only those who keep the catalog of {item.provider_tenant.name} can.</Trans>
        </EmptyState>
      </Panel>
    </Page>
  )
}

/** A copy has its own fields and no sample: that file belongs to the item it was brought for. */
function Copied({ of }: { of: CatalogItem }) {
  const { t } = useLingui()
  const [begin] = useState((): ItemForm => {
    const form = formFrom(of)
    return {
      ...form,
      name: t`${form.name} (copy)`,
      sample: null,
      featured: false,
      fields: fieldsFrom(form.fields.map(rawOf)),
    }
  })
  return <Loaded item={null} begin={begin} />
}

function Loaded({ item, begin }: { item: CatalogItem | null; begin: ItemForm }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [made, setMade] = useState<string | null>(null)
  const editor = useEditor(item, begin, (saved) => {
    notifications.show({ message: t`Saved: ${saved.name}, version ${saved.version}` })
    if (!item) setMade(saved.id)
  })
  // Only once nothing is unsaved any more: the guard would ask otherwise.
  useEffect(() => {
    if (made) void navigate({ to: `/catalog/${made}` as string, replace: true })
  }, [made, navigate])
  useKeys(
    {
      'Ctrl+s': { run: () => void editor.submit(), label: t`Save` },
      'Ctrl+Enter': () => void editor.submit(),
    },
    { scope: t`Catalog item`, enabled: editor.newest === null },
  )
  return (
    <Page
      title={item ? item.name : t`New catalog item`}
      lead={
        item ? (
          <Trans>Version {item.version}. What you change here makes a new one; open requests keep theirs.</Trans>
        ) : (
          <Trans>
            Say what you give out, on which authority and how fast. Officers see it as soon as it is on offer.
          </Trans>
        )
      }
      actions={
        <Button component={Link} to="/catalog" variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
          <Trans>Catalog</Trans>
        </Button>
      }
    >
      <Problems editor={editor} />
      <Parts editor={editor} item={item} />
      <LeaveGuard unsaved={editor.unsaved && made === null} />
      {editor.newest && editor.base && (
        <Suspense fallback={null}>
          <StaleDialog
            base={editor.base.form}
            mine={editor.form}
            newest={editor.newest}
            onKeep={editor.keepMine}
            onTake={editor.takeTheirs}
            onClose={editor.closeStale}
          />
        </Suspense>
      )}
    </Page>
  )
}

function Problems({ editor }: { editor: Editor }) {
  const faultWord = useFaultWord()
  const { faults, form } = editor
  const own: FieldProblem[] = [
    ...faults.item.map(({ name, fault }) => ({ field: partId(name), message: faultWord(fault) })),
    ...faults.fields.map(({ key, part, fault }) => ({ field: fieldId(key, part), message: faultWord(fault) })),
  ]
  const idOf = (path: string) => {
    const at = /^required_fields\.(\d+)/.exec(path)
    const key = at ? form.fields[Number(at[1])]?.key : undefined
    if (key) return fieldId(key, 'en')
    const name = FORM_NAMES.find((each) => API_NAMES[each] === path.split('.')[0])
    return name && partId(name)
  }
  return <ErrorSummary problems={own.length > 0 ? own : problemsOf(editor.error, idOf)} />
}

function Parts({ editor, item }: { editor: Editor; item: CatalogItem | null }) {
  const { t } = useLingui()
  const { form, set, base, faults, refused, changed } = editor
  const section = { form, set, problems: faults.item, refused: refused.parts }
  return (
    <div className={css.layout}>
      <div className={css.main}>
        <BasicsSection {...section} />
        <Panel title={<Trans>What officers are asked for</Trans>}>
          <FieldBuilder
            fields={form.fields}
            onChange={(fields) => set({ fields })}
            problems={faults.fields}
            refused={refused.fields}
            open={editor.open}
            onOpen={editor.setOpen}
          />
        </Panel>
        <LegalSection {...section} />
        <PromiseSection {...section} />
        <OutputSection {...section} />
        <OfferSection {...section} />
        {base && editor.unsaved && (
          <Panel title={<Trans>What differs from version {base.version}</Trans>}>
            <Changes before={base.form} now={form} names={changed} label={t`What saving would change`} />
          </Panel>
        )}
        <SaveBar editor={editor} />
        {item && (
          <Soon lines={3}>
            <Versions id={item.id} />
          </Soon>
        )}
      </div>
      <div className={css.side}>
        <Soon lines={8}>
          <OfficerPreview form={form} />
        </Soon>
      </div>
    </div>
  )
}

/** A panel that loads behind the form: nobody waits for it to begin to write. */
function Soon({ lines, children }: { lines: number; children: ReactNode }) {
  return (
    <Suspense
      fallback={
        <Panel>
          <Loading lines={lines} />
        </Panel>
      }
    >
      {children}
    </Suspense>
  )
}
