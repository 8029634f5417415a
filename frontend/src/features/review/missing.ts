/** What an officer can tick as missing: for each identifier, each thing asked for, and the response as a whole. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const OF_IDENTIFIER = {
  none: msg`No records`,
  period: msg`Part of the period`,
  fields: msg`Columns or details`,
  other: msg`Records of somebody else`,
} as const satisfies Record<string, MessageDescriptor>
export type IdentifierFlaw = keyof typeof OF_IDENTIFIER

export const OF_RESPONSE = {
  certificate: msg`The certificate for electronic records (BSA section 63) is missing`,
  unreadable: msg`A file cannot be opened`,
  format: msg`The format is not the one that was promised`,
  explanation: msg`Codes or abbreviations are not explained`,
} as const satisfies Record<string, MessageDescriptor>
export type ResponseFlaw = keyof typeof OF_RESPONSE

/** What was ticked: `identifier:<id>:<flaw>`, `field:<name>`, `whole:<flaw>`. */
export type Ticks = ReadonlySet<string>

export function toggled(ticks: Ticks, tick: string): Ticks {
  const next = new Set(ticks)
  if (!next.delete(tick)) next.add(tick)
  return next
}

export interface Asked {
  identifiers: readonly { id: string; name: string }[]
  fields: readonly { name: string; label: string }[]
}

interface Words {
  flaw: (name: IdentifierFlaw) => string
  whole: (name: ResponseFlaw) => string
  /** `Part of the period`, of an identifier. */
  ofIdentifier: (identifier: string, flaws: string) => string
  /** A thing that was asked for beside the identifiers. */
  ofField: (label: string) => string
}

/** The ticks as lines, in the order in which they stand on the screen. */
export function missingItems(ticks: Ticks, { identifiers, fields }: Asked, words: Words): string[] {
  const flaws = Object.keys(OF_IDENTIFIER) as IdentifierFlaw[]
  const whole = Object.keys(OF_RESPONSE) as ResponseFlaw[]
  return [
    ...identifiers.flatMap(({ id, name }) => {
      const found = flaws.filter((flaw) => ticks.has(`identifier:${id}:${flaw}`)).map(words.flaw)
      return found.length > 0 ? [words.ofIdentifier(name, found.join('; '))] : []
    }),
    ...fields.filter(({ name }) => ticks.has(`field:${name}`)).map(({ label }) => words.ofField(label)),
    ...whole.filter((flaw) => ticks.has(`whole:${flaw}`)).map(words.whole),
  ]
}
