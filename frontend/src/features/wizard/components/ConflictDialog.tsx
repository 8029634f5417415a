/** Somebody else saved the same field of this draft meanwhile: both are shown, and one is kept. */

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { formatPlainDate, useTerm } from '~/i18n/index.ts'
import { Dialog } from '~/ui/index.ts'
import { type DraftFieldName, type DraftForm, type DraftOut, formOf } from '../draft.ts'
import type { Draft } from '../use-draft.ts'
import { maskedOf } from './IdentifierRow.tsx'
import css from './wizard.module.css'

const NAMES: Record<DraftFieldName, MessageDescriptor> = {
  priority: msg`Priority`,
  caseReference: msg`Case reference`,
  description: msg`What you ask for, and why`,
  notes: msg`Notes of your unit`,
  answers: msg`Answers to the provider's questions`,
  identifiers: msg`Identifiers`,
  from: msg`First day`,
  to: msg`Last day`,
  mandateType: msg`Legal mandate`,
  courtOrder: msg`Number of the order`,
  mandateFileId: msg`The signed mandate`,
}

function useShown() {
  const { t } = useLingui()
  const term = useTerm()
  return (form: DraftForm, name: DraftFieldName, masked?: DraftOut['identifiers']): string => {
    if (name === 'identifiers') {
      return form.identifiers?.map(maskedOf).join(', ') || (masked ?? []).map((each) => each.masked).join(', ') || '–'
    }
    if (name === 'answers') return Object.values(form.answers).map(String).join('; ') || '–'
    const value = form[name]
    if (!value) return '–'
    if (name === 'priority') return term('priority', value)
    if (name === 'mandateType') return term('mandateType', value)
    if (name === 'mandateFileId') return t`A file`
    return name === 'from' || name === 'to' ? formatPlainDate(value) : value
  }
}

export function ConflictDialog({ draft }: { draft: Draft }) {
  const { t, i18n } = useLingui()
  const shown = useShown()
  const { save } = draft
  if (save.state !== 'conflict') return null
  const theirs = formOf(save.theirs)
  return (
    <Dialog
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t`This draft was changed elsewhere`}
      size="lg"
    >
      <div className={css.main}>
        <p className={css.hint}>
          <Trans>
            It was saved in another window or on another device while you were writing here. Nothing is lost yet: choose
            which of the two to keep.
          </Trans>
        </p>
        <div className={css.scroll}>
          <table className={css.pasted}>
            <caption className="l-visually-hidden">
              <Trans>The two versions</Trans>
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Field</Trans>
                </th>
                <th scope="col">
                  <Trans>Here</Trans>
                </th>
                <th scope="col">
                  <Trans>Elsewhere</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {save.fields.map((name) => (
                <tr key={name}>
                  <th scope="row">{i18n._(NAMES[name])}</th>
                  <td className={css.preserve}>{shown(draft.form, name)}</td>
                  <td className={css.preserve}>{shown(theirs, name, save.theirs.identifiers)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className={css.buttons}>
          <Button onClick={() => draft.resolve('mine')}>
            <Trans>Keep what is here</Trans>
          </Button>
          <Button variant="default" onClick={() => draft.resolve('theirs')}>
            <Trans>Take what is elsewhere</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
