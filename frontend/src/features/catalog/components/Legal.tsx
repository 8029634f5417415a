/** On which authority an item is given out, and what of it has to be sent along. */
import { Trans } from '@lingui/react/macro'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import type { CatalogItem } from '../queries.ts'
import css from './catalog.module.css'

type Legal = Pick<CatalogItem, 'required_legal_mandate' | 'requires_court_order' | 'requires_mandate_file'>

export function LegalBadges({ item }: { item: Legal }) {
  const term = useTerm()
  const { required_legal_mandate: mandate, requires_court_order: order, requires_mandate_file: file } = item
  return (
    <span className={css.badges}>
      <ToneBadge tone={mandate ? 'info' : 'good'}>
        {mandate ? term('mandateType', mandate) : <Trans>No mandate needed</Trans>}
      </ToneBadge>
      {order && mandate !== 'COURT_ORDER' && (
        <ToneBadge tone="warn">
          <Trans>Court order number</Trans>
        </ToneBadge>
      )}
      {file && (
        <ToneBadge tone="quiet">
          <Trans>Signed file</Trans>
        </ToneBadge>
      )}
    </span>
  )
}
