/** A provider says how it works, and sees what that does to due dates before it is saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconEye } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, EmptyState, ErrorSummary, type FieldProblem, Page, Panel, problemsOf, QueryState } from '~/ui/index.ts'
import { LeaveGuard } from '~/ui/LeaveGuard.tsx'
import { missingIn } from '../completeness.ts'
import { CalendarPreview } from '../components/CalendarPreview.tsx'
import { Confirmed } from '../components/Confirmed.tsx'
import { ContactPanel, HoursPanel, WordPanel } from '../components/PublicProfile.tsx'
import css from '../components/profile.module.css'
import { CommitmentSection, HolidaysSection, HoursSection, PeopleSection } from '../components/Sections.tsx'
import { dayId } from '../components/WeekEditor.tsx'
import { bodyOf, type Profile } from '../profile-form.ts'
import { profileQuery } from '../queries.ts'
import { type ProfileEditor, useProfileEditor } from '../use-profile-editor.ts'
import { weekdayName } from '../weekday-words.ts'

export default function EditPage() {
  const { t } = useLingui()
  const me = useMe()
  const query = useQuery(profileQuery(me.tenant.id))
  if (!query.data) {
    return (
      <Page title={t`Service profile`}>
        <Panel>
          <QueryState query={query} lines={10}>
            {() => null}
          </QueryState>
        </Panel>
      </Page>
    )
  }
  return query.data.abilities.update ? <Editor profile={query.data} /> : <ReadOnly profile={query.data} />
}

function Editor({ profile }: { profile: Profile }) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  const editor = useProfileEditor(profile, () => notifications.show({ message: t`The service profile is saved` }))
  const { form, set, problems } = editor
  const section = { form, set, problems }
  useKeys(
    {
      'Ctrl+s': { run: () => void editor.submit(), label: t`Save the profile` },
      'Ctrl+Enter': () => void editor.submit(),
    },
    { scope: t`Service profile` },
  )
  return (
    <Page
      title={t`Service profile`}
      lead={<Confirmed profile={profile} />}
      actions={
        <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} onClick={() => setShown(true)}>
          <Trans>As officers see it</Trans>
        </Button>
      }
    >
      <Problems editor={editor} id={profile.provider_tenant.id} />
      <div className={css.layout}>
        <div className={css.main}>
          <HoursSection {...section} />
          <HolidaysSection {...section} />
          <PeopleSection {...section} />
          <CommitmentSection {...section} />
          <SaveBar editor={editor} missing={missingIn(profile).length} />
        </div>
        <div className={css.side}>
          <CalendarPreview id={profile.provider_tenant.id} form={form} />
        </div>
      </div>
      <PublicPreview editor={editor} profile={profile} opened={shown} onClose={() => setShown(false)} />
      <LeaveGuard unsaved={editor.unsaved} />
    </Page>
  )
}

function Problems({ editor, id }: { editor: ProfileEditor; id: string }) {
  const { t } = useLingui()
  const cache = useQueryClient()
  const own: FieldProblem[] = editor.problems.map(({ at, fault }) => {
    if (at === 'officerEmail') return { field: 'nodal_officer_email', message: t`Write the e-mail as name@place.in` }
    if (at === 'hours') return { message: t`Open at some time of the week` }
    const day = weekdayName(at)
    return {
      field: dayId(at),
      message: fault === 'overlap' ? t`${day}: two intervals overlap` : t`${day}: give both times, and not the same`,
    }
  })
  if (!editor.stale) return <ErrorSummary problems={own.length > 0 ? own : problemsOf(editor.error)} />
  const read = () => cache.fetchQuery({ ...profileQuery(id), staleTime: 0 })
  return (
    <Panel title={<Trans>The profile was changed elsewhere</Trans>}>
      <div className={css.fields} role="alert">
        <p className={css.hint}>
          <Trans>
            A colleague saved it while you were writing. Nothing was saved yet: take theirs and lose what you wrote, or
            save yours over it.
          </Trans>
        </p>
        <div className={css.buttons}>
          <Button onClick={() => void read().then(editor.take)}>
            <Trans>Take theirs</Trans>
          </Button>
          <Button variant="default" onClick={() => void read().then(({ version }) => editor.over(version))}>
            <Trans>Go on with mine</Trans>
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function SaveBar({ editor, missing }: { editor: ProfileEditor; missing: number }) {
  const { unsaved, pending, version } = editor
  return (
    <section className={css.savebar} aria-live="polite">
      <p>
        {unsaved ? (
          <Trans>New hours count for requests that are submitted from now on; open ones keep theirs.</Trans>
        ) : version === 0 ? (
          <Trans>Nothing is saved yet: officers see you open day and night.</Trans>
        ) : missing > 0 ? (
          <Trans>All is saved. What is marked “Not given” officers look for in vain.</Trans>
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
          disabled={!unsaved && version > 0}
          rightSection={<Keys keys="Ctrl+s" />}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
    </section>
  )
}

interface PublicPreviewProps {
  editor: ProfileEditor
  profile: Profile
  opened: boolean
  onClose: () => void
}

/** With what is typed, saved or not; whether it is open now only the server tells, of what is saved. */
function PublicPreview({ editor, profile, opened, onClose }: PublicPreviewProps) {
  const { t } = useLingui()
  const body = bodyOf(editor.form)
  const shown = body && {
    ...profile,
    ...body,
    service_hours: body.service_hours ?? profile.service_hours,
    time_zone: body.time_zone ?? profile.time_zone,
    own_holidays: body.own_holidays ?? [],
    holidays_affect_sla: body.holidays_affect_sla ?? true,
    iso_certified: body.iso_certified ?? false,
    data_security_certified: body.data_security_certified ?? false,
    opening: editor.unsaved ? undefined : profile.opening,
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t`As officers see it`} size="xl">
      {shown ? (
        <div className={css.main}>
          <WordPanel profile={shown} />
          <ContactPanel profile={shown} />
          <HoursPanel profile={shown} />
        </div>
      ) : (
        <EmptyState title={<Trans>Correct the hours first</Trans>}>
          <Trans>They cannot be read yet.</Trans>
        </EmptyState>
      )}
    </Dialog>
  )
}

function ReadOnly({ profile }: { profile: Profile }) {
  const { t } = useLingui()
  return (
    <Page title={t`Service profile`} lead={<Confirmed profile={profile} />}>
      <p className={css.hint}>
        <Trans>Your role reads it. People with the right to write the catalog change it.</Trans>
      </p>
      <div className={css.layout}>
        <div className={css.main}>
          <WordPanel profile={profile} />
        </div>
        <div className={css.side}>
          <ContactPanel profile={profile} />
          <HoursPanel profile={profile} />
        </div>
      </div>
    </Page>
  )
}
