/** Step 2: about which numbers, accounts or addresses. */
import { Trans } from '@lingui/react/macro'
import { IdentifierEditor } from '../components/IdentifierEditor.tsx'
import css from '../components/wizard.module.css'
import { takenTypes } from '../required-fields.ts'
import type { StepProps } from './context.ts'

export function Identifiers({ request, draft, fields }: StepProps) {
  const needed = fields.length === 0 || fields.some((field) => field.kind === 'IDENTIFIER')
  // A row's problems are always shown: it was typed, so it was meant.
  const ofRows = (request.problems ?? []).filter((problem) => problem.field.startsWith('identifiers.'))
  return (
    <div className={css.fields}>
      {!needed && (
        <p className={css.hint}>
          <Trans>This item needs no identifier. Add one where it helps the provider to find the data.</Trans>
        </p>
      )}
      <IdentifierEditor
        allowed={takenTypes(fields)}
        rows={draft.form.identifiers}
        masked={request.identifiers ?? []}
        onChange={(identifiers) => draft.set({ identifiers })}
        onOpen={draft.openIdentifiers}
        problems={ofRows}
        settled={draft.save.state === 'saved'}
        mandate={draft.form.mandateType}
      />
    </div>
  )
}
