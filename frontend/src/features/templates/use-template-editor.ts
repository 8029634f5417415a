/** The state of a template's editor, held against what is saved. */
import { useMemo, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { type Template, useSaveTemplate } from './queries.ts'
import { bodyOf, differs, formFrom, type TemplateForm } from './template-form.ts'

export function useTemplateEditor(template: Template | null, begin: TemplateForm, onSaved: (saved: Template) => void) {
  const [base, setBase] = useState(() => template && { form: formFrom(template), version: template.version })
  const [form, setForm] = useState(base?.form ?? begin)
  const [tried, setTried] = useState(false)
  const save = useSaveTemplate()
  const nameless = form.name.trim() === ''

  function take(from: Template, kept?: TemplateForm): void {
    const read = formFrom(from)
    setBase({ form: read, version: from.version })
    setForm(kept ?? read)
    setTried(false)
  }
  async function submit(): Promise<void> {
    setTried(true)
    if (nameless || save.isPending) return
    try {
      const saved = await save.mutateAsync({ id: template?.id, version: base?.version, body: bodyOf(form) })
      take(saved)
      onSaved(saved)
    } catch {
      // Shown by the page; what was typed stays.
    }
  }
  return {
    form,
    set: (part: Partial<TemplateForm>) => setForm((all) => ({ ...all, ...part })),
    unsaved: useMemo(() => (base ? differs(base.form, form) : differs(begin, form)), [base, begin, form]),
    isNew: base === null,
    nameless: tried && nameless,
    error: save.error,
    stale: isProblem(save.error) && save.error.status === 412,
    pending: save.isPending,
    submit,
    /** Hold what is typed, or nothing of it, against what another has saved meanwhile. */
    rebase: (from: Template, keep: boolean) => {
      take(from, keep ? form : undefined)
      save.reset()
    },
    undo: () => {
      setForm(base?.form ?? begin)
      setTried(false)
      save.reset()
    },
  }
}
export type TemplateEditor = ReturnType<typeof useTemplateEditor>
