/** The state of an item's editor: what is edited, what it is held against, and its saving. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { isProblem, Problem } from '~/api/index.ts'
import type { FieldProblemAt } from './fields.ts'
import {
  API_NAMES,
  bodyOf,
  changedNames,
  FORM_NAMES,
  type FormName,
  faultsIn,
  formFrom,
  type ItemForm,
} from './item-form.ts'
import { type CatalogItem, itemQuery, useSaveItem } from './queries.ts'

/** What the server says, sorted to the parts of the editor. */
export interface Refused {
  parts: Partial<Record<FormName, string>>
  /** By a field's key. */
  fields: Record<string, string[]>
}

export function sortRefused(error: unknown, form: ItemForm): Refused {
  const found: Refused = { parts: {}, fields: {} }
  if (!(error instanceof Problem)) return found
  for (const [path, sentences] of Object.entries(error.fields)) {
    const at = /^required_fields\.(\d+)/.exec(path)
    const key = at ? form.fields[Number(at[1])]?.key : undefined
    const name = FORM_NAMES.find((each) => API_NAMES[each] === path.split('.')[0])
    if (key) found.fields[key] = [...(found.fields[key] ?? []), ...sentences]
    else if (name) found.parts[name] = sentences.join(' ')
  }
  return found
}

export function useEditor(item: CatalogItem | null, begin: ItemForm, onSaved: (item: CatalogItem) => void) {
  const cache = useQueryClient()
  const [base, setBase] = useState<{ form: ItemForm; version: number } | null>(
    item && { form: formFrom(item), version: item.version },
  )
  const [form, setForm] = useState(() => base?.form ?? begin)
  const [tried, setTried] = useState(false)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [newest, setNewest] = useState<CatalogItem | null>(null)
  const save = useSaveItem()
  const faults = useMemo(() => faultsIn(form), [form])
  const shown = tried ? faults : { item: [], fields: [] as FieldProblemAt[] }
  const refused = useMemo(() => sortRefused(save.error, form), [save.error, form])
  const changed = base ? changedNames(base.form, form) : FORM_NAMES
  const unsaved = base ? changed.length > 0 : form !== begin

  async function submit(): Promise<void> {
    setTried(true)
    if (faults.item.length + faults.fields.length > 0) {
      setOpen((all) => new Set([...all, ...faults.fields.map(({ key }) => key)]))
      return
    }
    try {
      const saved = await save.mutateAsync(
        base && item ? { id: item.id, version: base.version, body: bodyOf(form, base.form) } : { body: bodyOf(form) },
      )
      restart(saved)
      onSaved(saved)
    } catch (error) {
      if (item && isProblem(error) && error.status === 412) {
        setNewest(await cache.fetchQuery({ ...itemQuery(item.id), staleTime: 0 }).catch(() => null))
      }
      setOpen((all) => new Set([...all, ...Object.keys(sortRefused(error, form).fields)]))
    }
  }

  function restart(from: CatalogItem, kept?: ItemForm): void {
    const read = formFrom(from)
    setBase({ form: read, version: from.version })
    setForm(kept ?? read)
    setTried(false)
    setNewest(null)
    if (kept) save.reset()
  }

  return {
    form,
    base,
    set: (part: Partial<ItemForm>) => setForm((all) => ({ ...all, ...part })),
    changed,
    unsaved,
    faults: shown,
    refused,
    error: isProblem(save.error) && save.error.status === 412 && newest ? null : save.error,
    pending: save.isPending,
    open,
    setOpen,
    submit,
    reset: () => {
      setForm(base?.form ?? begin)
      setTried(false)
      save.reset()
    },
    newest,
    keepMine: (kept: ItemForm) => newest && restart(newest, kept),
    takeTheirs: () => {
      if (newest) restart(newest)
      save.reset()
    },
    closeStale: () => setNewest(null),
  }
}
export type Editor = ReturnType<typeof useEditor>
