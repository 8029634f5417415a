/** An item of the catalog as officers compare it with others. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconFileDescription, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { inLanguage, readFields } from '~/features/wizard/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import type { CatalogItem } from '../queries.ts'
import css from './catalog.module.css'
import { LegalBadges } from './Legal.tsx'
import { KeptRate, PromiseKept } from './Promise.tsx'

interface ItemCardProps {
  item: CatalogItem
  /** On a provider's own page its name says nothing. */
  withoutProvider?: boolean
  level?: 'h2' | 'h3'
}

export function ItemCard({ item, withoutProvider, level: Heading = 'h2' }: ItemCardProps) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <article className={css.card}>
      <header className={css.cardHead}>
        <div>
          <Heading className={css.cardName}>
            <Link to={`/catalog/${item.id}` as string}>{item.name}</Link>
          </Heading>
          <p className={css.cardFrom}>
            {!withoutProvider && (
              <>
                <Link to={`/providers/${item.provider_tenant.id}` as string}>{item.provider_tenant.name}</Link>
                {' · '}
              </>
            )}
            {term('requestType', item.request_type)}
          </p>
        </div>
        {item.is_featured && (
          <ToneBadge tone="violet">
            <IconStarFilled size={11} aria-hidden />
            <Trans>Featured</Trans>
          </ToneBadge>
        )}
      </header>
      {item.description && <p className={css.cardText}>{item.description}</p>}
      <PromiseKept item={item} />
      <dl className={css.cardFacts}>
        <dt>{t`You get`}</dt>
        <dd>
          <Output item={item} />
        </dd>
        <dt>{t`You give`}</dt>
        <dd>
          <Asked item={item} />
        </dd>
        <dt>{t`Legal basis`}</dt>
        <dd>
          <LegalBadges item={item} />
        </dd>
      </dl>
      <footer className={css.cardFoot}>
        <KeptRate item={item} />
        {item.sample_output_file_id && (
          <span className={css.sampleNote}>
            <IconFileDescription size={14} aria-hidden />
            <Trans>Sample file</Trans>
          </span>
        )}
        <span className={css.grow} />
        <Button
          component={Link}
          variant="default"
          size="xs"
          to={`/catalog/${item.id}` as string}
          aria-label={t`Details of ${item.name}`}
        >
          <Trans>Details</Trans>
        </Button>
        {item.abilities.request && (
          <Button
            component={Link}
            size="xs"
            to="/requests/new"
            search={{ item: item.id } as never}
            aria-label={t`Ask for this: ${item.name}`}
          >
            <Trans>Ask for this</Trans>
          </Button>
        )}
      </footer>
    </article>
  )
}

function Output({ item }: { item: CatalogItem }) {
  const said = [item.output_format, item.output_description].filter(Boolean).join(' – ')
  return said ? said : <Trans>What the description says</Trans>
}

function Asked({ item }: { item: CatalogItem }) {
  const { i18n } = useLingui()
  const fields = readFields(item.required_fields)
  if (fields.length === 0) return <Trans>Only the reason and the mandate</Trans>
  return fields.map((field) => inLanguage(field.label, i18n.locale)).join(', ')
}
