/** The boxes to tick: a table for the identifiers, lists for the rest. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '@mantine/core'
import {
  type Asked,
  type IdentifierFlaw,
  OF_IDENTIFIER,
  OF_RESPONSE,
  type ResponseFlaw,
  type Ticks,
} from '../missing.ts'
import css from './dialog.module.css'

interface MissingFieldsProps {
  asked: Asked
  ticks: Ticks
  onToggle: (tick: string) => void
}

const FLAWS = Object.keys(OF_IDENTIFIER) as IdentifierFlaw[]
const WHOLE = Object.keys(OF_RESPONSE) as ResponseFlaw[]

export function MissingFields({ asked, ticks, onToggle }: MissingFieldsProps) {
  const { i18n } = useLingui()
  return (
    <>
      {asked.identifiers.length > 0 && <OfIdentifiers asked={asked} ticks={ticks} onToggle={onToggle} />}
      {asked.fields.length > 0 && (
        <fieldset className={css.choices}>
          <legend>
            <Trans>Not answered as asked</Trans>
          </legend>
          {asked.fields.map(({ name, label }) => (
            <Checkbox
              key={name}
              label={label}
              checked={ticks.has(`field:${name}`)}
              onChange={() => onToggle(`field:${name}`)}
            />
          ))}
        </fieldset>
      )}
      <fieldset className={css.choices}>
        <legend>
          <Trans>The response as a whole</Trans>
        </legend>
        {WHOLE.map((flaw) => (
          <Checkbox
            key={flaw}
            label={i18n._(OF_RESPONSE[flaw])}
            checked={ticks.has(`whole:${flaw}`)}
            onChange={() => onToggle(`whole:${flaw}`)}
          />
        ))}
      </fieldset>
    </>
  )
}

function OfIdentifiers({ asked, ticks, onToggle }: MissingFieldsProps) {
  const { i18n } = useLingui()
  return (
    <div>
      <p className={css.label}>
        <Trans>Missing or wrong, by identifier</Trans>
      </p>
      <ul className={css.missing}>
        {asked.identifiers.map(({ id, name }) => (
          <li key={id}>
            <fieldset className={css.inline}>
              <legend>{name}</legend>
              {FLAWS.map((flaw) => (
                <Checkbox
                  key={flaw}
                  size="sm"
                  label={i18n._(OF_IDENTIFIER[flaw])}
                  checked={ticks.has(`identifier:${id}:${flaw}`)}
                  onChange={() => onToggle(`identifier:${id}:${flaw}`)}
                />
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
    </div>
  )
}
