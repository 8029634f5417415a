/** The filters that are set, each in words, each to be taken away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { TrailSearch } from '../search.ts'
import type { Trail } from '../use-trail.ts'
import { eventWord } from '../words.ts'
import { periodOf } from './TrailFilters.tsx'
import css from './trail.module.css'

const SHORT = 8
/** The end of an id: those of one day begin alike. */
const tail = (id: string) => `…${id.slice(-SHORT)}`

export function FilterChips({ trail }: { trail: Trail }) {
  const { t } = useLingui()
  const chips = useChips(trail)
  if (chips.length === 0) return null
  return (
    <div className={css.chips}>
      <ul aria-label={t`Filters that are set`}>
        {chips.map(({ text, clear }) => (
          <li key={text} className={css.chip}>
            <span>{text}</span>
            <button type="button" aria-label={t`Remove the filter ${text}`} onClick={() => trail.change(clear)}>
              <IconX size={14} />
            </button>
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="subtle" onClick={() => trail.go({})}>
        <Trans>Clear all</Trans>
      </Button>
    </div>
  )
}

function useChips({ search, nameOf, requestNumber }: Trail): { text: string; clear: Partial<TrailSearch> }[] {
  const { t, i18n } = useLingui()
  const { request_id, actor_id, object_id, tenant_id, event } = search
  const chips: { text: string; clear: Partial<TrailSearch> }[] = []
  if (request_id)
    chips.push({ text: t`Request: ${requestNumber ?? tail(request_id)}`, clear: { request_id: undefined } })
  if (actor_id) chips.push({ text: t`Person: ${nameOf(actor_id) ?? tail(actor_id)}`, clear: { actor_id: undefined } })
  if (object_id) chips.push({ text: t`Thing: ${tail(object_id)}`, clear: { object_id: undefined } })
  if (event) chips.push({ text: t`Event: ${eventWord(i18n, event)}`, clear: { event: undefined } })
  if (tenant_id) {
    chips.push({ text: t`Organisation: ${nameOf(tenant_id) ?? tail(tenant_id)}`, clear: { tenant_id: undefined } })
  }
  if (search.from || search.to) {
    chips.push({ text: t`Period: ${periodOf(search)}`, clear: { from: undefined, to: undefined } })
  }
  return chips
}
