/** One item, whole: what you get, what you give, on which authority, and how the promise is kept. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { FileRow } from '~/features/files/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, Facts, Page, Panel, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import { AskedList } from '../components/AskedList.tsx'
import css from '../components/catalog.module.css'
import { LegalBadges } from '../components/Legal.tsx'
import { KeptRate, PromiseKept } from '../components/Promise.tsx'
import { type CatalogItem, itemQuery } from '../queries.ts'

export default function ItemPage() {
  const { t } = useLingui()
  const { itemId = '' } = useParams({ strict: false }) as { itemId?: string }
  const query = useQuery(itemQuery(itemId))
  if (query.data) return <Item item={query.data} />
  return (
    <Page title={t`Catalog item`}>
      <Panel>
        <QueryState query={query} lines={8}>
          {() => null}
        </QueryState>
      </Panel>
    </Page>
  )
}

function Item({ item }: { item: CatalogItem }) {
  const term = useTerm()
  return (
    <Page
      title={item.name}
      lead={
        <>
          <Link className={css.inText} to={`/providers/${item.provider_tenant.id}` as string}>
            {item.provider_tenant.name}
          </Link>
          {' · '}
          {term('requestType', item.request_type)} {' · '} {item.category}
        </>
      }
      actions={<Actions item={item} />}
    >
      {!item.is_active && (
        <p>
          <ToneBadge tone="warn">
            <Trans>Withdrawn: no new request can be made from it</Trans>
          </ToneBadge>
        </p>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          <Gives item={item} />
          <Panel title={<Trans>What you give</Trans>}>
            <AskedList fields={item.required_fields} />
          </Panel>
          <Sample item={item} />
        </div>
        <div className={css.side}>
          <Promised item={item} />
          <Panel title={<Trans>Legal basis</Trans>}>
            <div className={css.stack}>
              <LegalBadges item={item} />
              <p className={css.dim}>
                {item.requires_mandate_file ? (
                  <Trans>The signed mandate goes along as a PDF.</Trans>
                ) : (
                  <Trans>No file of a mandate is needed.</Trans>
                )}
              </p>
            </div>
          </Panel>
        </div>
      </div>
    </Page>
  )
}

function Actions({ item }: { item: CatalogItem }) {
  const { t } = useLingui()
  const asks = item.abilities.request && item.is_active
  useKeys(
    { c: { run: () => document.getElementById('ask-for-this')?.click(), label: t`Ask for this` } },
    { scope: t`Catalog item`, enabled: asks },
  )
  return (
    <>
      <Button component={Link} to="/catalog" variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
        <Trans>Catalog</Trans>
      </Button>
      {asks && (
        <>
          <Button component={Link} to="/templates/new" search={{ item: item.id } as never} variant="default">
            <Trans>Prepare a template</Trans>
          </Button>
          <Button
            id="ask-for-this"
            component={Link}
            to="/requests/new"
            search={{ item: item.id } as never}
            leftSection={<IconSend size={16} aria-hidden />}
          >
            <Trans>Ask for this</Trans>
          </Button>
        </>
      )}
    </>
  )
}

function Gives({ item }: { item: CatalogItem }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>What you get</Trans>}>
      <div className={css.stack}>
        {item.description && <p className={css.prose}>{item.description}</p>}
        <Facts
          rows={[
            [t`Comes as`, item.output_format],
            [t`Holds`, item.output_description],
            [t`Remarks of the provider`, item.notes_for_law_enforcement],
          ]}
        />
        {!item.description && !item.output_format && !item.output_description && !item.notes_for_law_enforcement && (
          <p className={css.dim}>
            <Trans>The provider has described no more than the name.</Trans>
          </p>
        )}
      </div>
    </Panel>
  )
}

function Sample({ item }: { item: CatalogItem }) {
  return (
    <Panel title={<Trans>Sample</Trans>} note={<Trans>How an answer looks. All data in it is invented.</Trans>}>
      {item.sample_output_file_id ? (
        <FileRow id={item.sample_output_file_id} />
      ) : (
        <EmptyState title={<Trans>No sample yet</Trans>}>
          <Trans>The provider has not brought one.</Trans>
        </EmptyState>
      )}
    </Panel>
  )
}

function Promised({ item }: { item: CatalogItem }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>How fast</Trans>} actions={<KeptRate item={item} />}>
      <div className={css.stack}>
        <PromiseKept item={item} />
        <Facts
          rows={[
            [
              t`Counted in`,
              item.sla_statutory
                ? t`Elapsed hours, set by law: they never pause`
                : item.sla_business_hours_only
                  ? t`The provider's working hours`
                  : t`Elapsed hours, day and night`,
            ],
            [t`Version`, String(item.version)],
            [t`Last change`, <Time key="at" at={item.updated_at} style="date" />],
          ]}
        />
        <p className={css.dim}>
          <Trans>
            The actual median is of elapsed hours, from submission to completion of completed requests; “in time” is the
            share of them that kept the promise.
          </Trans>
        </p>
      </div>
    </Panel>
  )
}
