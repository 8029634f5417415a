/** Find the requests about one number, account or address. The value is sent sealed in the body, never in an address. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { useState } from 'react'
import { terms, useTerm } from '~/i18n/index.ts'
import { Popup } from '~/ui/index.ts'
import type { WantedIdentifier } from '../list-queries.ts'
import css from './list.module.css'

interface ListIdentifierProps {
  value: WantedIdentifier | null
  onChange: (value: WantedIdentifier | null) => void
}

export function ListIdentifier({ value, onChange }: ListIdentifierProps) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <Popup
      label={t`Identifier`}
      width={300}
      button={(props) => (
        <button {...props} type="button" className={clsx(css.choice, css.choiceButton, value && css.set)}>
          {value ? `${term('identifierType', value.type)}: ${masked(value.value)}` : t`Identifier`}
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
    >
      {(close) => (
        <Form
          value={value}
          onChange={(next) => {
            close()
            onChange(next)
          }}
        />
      )}
    </Popup>
  )
}

const SHOWN = 4
const masked = (value: string) => (value.length > SHOWN ? `••••${value.slice(-SHOWN)}` : '••••')

function Form({ value, onChange }: ListIdentifierProps) {
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
