/** What happened, in a sentence without its subject: the actor's name stands before it. */
import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { formatDateTime, useTerm } from '~/i18n/index.ts'
import type { TimelineEntry } from '../timeline.ts'

interface EventWordsProps {
  entry: TimelineEntry
  /** The name of a person by their id, where this reader may know it. */
  nameOf: (id: unknown) => string | null
}

type Teller = (props: EventWordsProps & { term: ReturnType<typeof useTerm> }) => ReactNode

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const WORDS: Record<string, Teller> = {
  'request:create': () => <Trans>made the draft</Trans>,
  'request:update': () => <Trans>changed the draft</Trans>,
  'request:delete': () => <Trans>deleted the draft</Trans>,
  'request:submit_for_approval': () => <Trans>sent it for approval</Trans>,
  'approval:sealed': (props) => decided(props),
  'request:approve': (props) => decided(props),
  'request:reject': () => <Trans>rejected the request</Trans>,
  'request:request_changes': () => <Trans>asked for changes</Trans>,
  'request:submit': () => <Trans>submitted it to the provider; the clock started</Trans>,
  'request:acknowledge': () => <Trans>acknowledged the request</Trans>,
  'request:start': () => <Trans>started the work</Trans>,
  'request:assign': ({ entry, nameOf }) => {
    if (entry.actor && entry.change.assigned_to === entry.actor.id) return <Trans>took it on</Trans>
    const name = nameOf(entry.change.assigned_to)
    return name ? <Trans>assigned it to {name}</Trans> : <Trans>assigned it to a colleague</Trans>
  },
  'request:request_info': ({ entry }) =>
    entry.change.paused === false ? (
      <Trans>asked the officer a question; the clock runs on</Trans>
    ) : (
      <Trans>asked the officer a question; the clock stands still</Trans>
    ),
  'request:request_extension': ({ entry }) => {
    const hours = Number(entry.change.hours)
    return hours > 0 ? (
      <Plural value={hours} one="asked for # hour more" other="asked for # hours more" />
    ) : (
      <Trans>asked for more time</Trans>
    )
  },
  'request:grant_extension': ({ entry }) => {
    const hours = Number(entry.change.hours)
    if (entry.change.granted === false) return <Trans>refused more time</Trans>
    return hours > 0 ? (
      <Plural value={hours} one="granted # hour more" other="granted # hours more" />
    ) : (
      <Trans>decided on more time</Trans>
    )
  },
  'request:challenge': () => <Trans>doubted that the request is genuine</Trans>,
  'request:challenge_confirmed': () => <Trans>confirmed that the request is genuine</Trans>,
  'request:decline': ({ entry, term }) => {
    const reason = text(entry.change.reason_code)
    return reason ? <Trans>declined it: {term('reasonCode', reason)}</Trans> : <Trans>declined it</Trans>
  },
  'request:respond': () => <Trans>uploaded the response</Trans>,
  'request:respond_partially': () => <Trans>uploaded a part of the response</Trans>,
  'response:create': ({ entry }) => {
    const number = text(entry.change.number)
    if (entry.change.partial === true) return <Trans>uploaded a part of the response {number}</Trans>
    return <Trans>uploaded the response {number}</Trans>
  },
  'response:accept': () => <Trans>accepted the response</Trans>,
  'response:reject': () => <Trans>rejected the response</Trans>,
  'response:rate': ({ entry }) => {
    const stars = Number(entry.change.new)
    return stars > 0 ? (
      <Plural value={stars} one="rated the response: # of 5 stars" other="rated the response: # of 5 stars" />
    ) : (
      <Trans>rated the response</Trans>
    )
  },
  'response:verify': () => <Trans>verified the response</Trans>,
  'request:reopen': () => <Trans>sent it back to work: the response was not enough</Trans>,
  'request:complete': ({ entry }) => {
    if (entry.change.sla_met === true) return <Trans>completed it, on time</Trans>
    if (entry.change.sla_met === false) return <Trans>completed it, late</Trans>
    return <Trans>completed it</Trans>
  },
  'request:cancel': () => <Trans>cancelled the draft</Trans>,
  'request:withdraw': () => <Trans>withdrew the request</Trans>,
  'request:identifiers_read': ({ entry }) =>
    entry.count > 1 ? (
      <Plural value={entry.count} one="read the identifiers in clear" other="read the identifiers in clear, # times" />
    ) : (
      <Trans>read the identifiers in clear</Trans>
    ),
  'request:participant_added': ({ entry, nameOf }) => {
    const name = nameOf(entry.change.user)
    return name ? <Trans>let {name} see the request</Trans> : <Trans>let a colleague see the request</Trans>
  },
  'request:participant_removed': ({ entry, nameOf }) => {
    const name = nameOf(entry.change.user)
    return name ? <Trans>took {name} out of the request</Trans> : <Trans>took a colleague out of the request</Trans>
  },
  'chat:post': ({ entry }) => <Plural value={entry.count} one="wrote a message" other="wrote # messages" />,
  'file:announce': () => <Trans>began to upload a file</Trans>,
  'file:upload': () => <Trans>uploaded a file</Trans>,
  'file:scan': () => <Trans>scanned a file</Trans>,
  'file:download': ({ entry }) => <Plural value={entry.count} one="opened a file" other="opened files # times" />,
  'sla:resumed': ({ entry }) =>
    entry.change.cause === 'CHALLENGE' ? (
      <Trans>ended the doubt; the clock runs again</Trans>
    ) : (
      <Trans>answered; the clock runs again</Trans>
    ),
  'sla:warning': ({ entry }) => <Trans>Warning: due on {moment(entry.change.due)}</Trans>,
  'sla:last_hours': ({ entry }) => <Trans>Last warning: due on {moment(entry.change.due)}</Trans>,
  'sla:breach': () => <Trans>The due date passed</Trans>,
  'sla:escalation_24': () => <Trans>Overdue for a day: superiors were told</Trans>,
  'sla:escalation_72': () => <Trans>Overdue for three days: the platform was told</Trans>,
  'break_glass:open': () => <Trans>opened the case in an emergency (break-glass)</Trans>,
  'break_glass:end': () => <Trans>ended the emergency access</Trans>,
  'break_glass:read': () => <Trans>read the case under emergency access</Trans>,
}

function decided({ entry }: EventWordsProps): ReactNode {
  const level = text(entry.change.level) || String(entry.change.level ?? '')
  if (entry.change.decision === 'REJECT') return <Trans>rejected the request</Trans>
  if (entry.change.decision === 'REQUEST_CHANGES') return <Trans>asked for changes</Trans>
  const signed = Boolean(entry.change.signed_with)
  if (signed) return <Trans>approved and signed it (level {level})</Trans>
  return level ? <Trans>approved it (level {level})</Trans> : <Trans>approved it</Trans>
}

const moment = (value: unknown) => (typeof value === 'string' ? formatDateTime(value) : '–')

/** Events that happen by themselves: the sentence is whole without an actor. */
const BY_ITSELF = /^sla:(warning|last_hours|breach|escalation)/
export const happensByItself = (event: string): boolean => BY_ITSELF.test(event)

export function EventWords(props: EventWordsProps) {
  const term = useTerm()
  const words = WORDS[props.entry.event]
  if (props.entry.event.startsWith('refused:')) return <Trans>tried something and was refused</Trans>
  // An event that this version has no words for is shown by its name rather than left out.
  return <>{words ? words({ ...props, term }) : props.entry.event.replace(':', ': ').replaceAll('_', ' ')}</>
}
