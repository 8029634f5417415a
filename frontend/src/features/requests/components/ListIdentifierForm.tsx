/** The fields of the search by an identifier, loaded when it is opened. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { terms } from '~/i18n/index.ts'
import type { IdentifierChoice, WantedIdentifier } from '../list-queries.ts'
import css from './list.module.css'

export default function ListIdentifierForm({ value, onChange }: IdentifierChoice) {
  const { t, i18n } = useLingui()
  const [type, setType] = useState<WantedIdentifier['type']>(value?.type ?? 'MSISDN')
  const [text, setText] = useState(value?.value ?? '')
  return (
    <form
      className={css.identifierForm}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) onChange({ type, value: text.trim() })
      }}
    >
      <NativeSelect
        label={t`Kind`}
        data={terms(i18n, 'identifierType')}
        value={type}
        onChange={(event) => setType(event.currentTarget.value as WantedIdentifier['type'])}
      />
      <TextInput
        label={t`Value, in full`}
        description={t`Found exactly, however it was written. It is not kept in the address or in any log.`}
        value={text}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={css.quick}>
        <Button type="submit" disabled={!text.trim()}>
          <Trans>Find</Trans>
        </Button>
        {value && (
          <Button variant="subtle" leftSection={<IconX size={14} />} onClick={() => onChange(null)}>
            <Trans>Clear</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}
