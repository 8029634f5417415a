/** The form as the officer will see it, drawn by the very parts that officers fill in, while the item is edited. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { EMPTY_FORM_VALUE, RequiredFieldsForm } from '~/features/wizard/index.ts'
import { Panel } from '~/ui/index.ts'
import { rawOf } from '../fields.ts'
import type { ItemForm } from '../item-form.ts'
import css from './editor.module.css'
import { LegalBadges } from './Legal.tsx'

export function OfficerPreview({ form }: { form: ItemForm }) {
  const { t } = useLingui()
  const [value, setValue] = useState(EMPTY_FORM_VALUE)
  const raw = useMemo(() => form.fields.map(rawOf), [form.fields])
  return (
    <Panel
      title={<Trans>What the officer sees</Trans>}
      note={<Trans>Try it: nothing here is sent or kept.</Trans>}
      actions={
        <Button variant="default" size="xs" onClick={() => setValue(EMPTY_FORM_VALUE)}>
          <Trans>Empty it</Trans>
        </Button>
      }
    >
      <div className={css.fields}>
        <strong>{form.name || t`Item without a name`}</strong>
        <LegalBadges
          item={{
            required_legal_mandate: form.mandate,
            requires_court_order: form.courtOrder,
            requires_mandate_file: form.mandateFile,
          }}
        />
        <RequiredFieldsForm fields={raw} value={value} onChange={setValue} />
      </div>
    </Panel>
  )
}
