/** The state of a profile's editor, held against what is saved. */
import { useMemo, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { bodyOf, differs, faultsOf, formFrom, type Profile, type ProfileForm } from './profile-form.ts'
import { useSaveProfile } from './queries.ts'

export function useProfileEditor(profile: Profile, onSaved: () => void) {
  const [base, setBase] = useState(() => ({ form: formFrom(profile), version: profile.version }))
  const [form, setForm] = useState(base.form)
  const [tried, setTried] = useState(false)
  const save = useSaveProfile(profile.provider_tenant.id)
  const faults = useMemo(() => faultsOf(form), [form])

  function take(from: Profile): void {
    const read = formFrom(from)
    setBase({ form: read, version: from.version })
    setForm(read)
    setTried(false)
  }
  async function submit(): Promise<void> {
    setTried(true)
    const body = bodyOf(form)
    if (faults.length > 0 || !body || save.isPending) return
    try {
      take(await save.mutateAsync({ version: base.version, body }))
      onSaved()
    } catch {
      // Shown by the page; what was typed stays.
    }
  }
  const stale = isProblem(save.error) && save.error.status === 412
  return {
    form,
    set: (part: Partial<ProfileForm>) => setForm((all) => ({ ...all, ...part })),
    unsaved: useMemo(() => differs(base.form, form), [base, form]),
    problems: tried ? faults : [],
    error: save.error,
    pending: save.isPending,
    stale,
    version: base.version,
    submit,
    /** Go on over what another has saved meanwhile: the next save replaces it. */
    over: (version: number) => {
      setBase((all) => ({ ...all, version }))
      save.reset()
    },
    take: (from: Profile) => {
      take(from)
      save.reset()
    },
    undo: () => {
      setForm(base.form)
      setTried(false)
      save.reset()
    },
  }
}
export type ProfileEditor = ReturnType<typeof useProfileEditor>
