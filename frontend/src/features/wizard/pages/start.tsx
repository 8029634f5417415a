/** Beginning a request: from the catalog, from a template, from an earlier request, or without the catalog. */

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Page, Panel } from '~/ui/index.ts'
import { FromCopy, FromItem, FromTemplate } from '../components/StartChoice.tsx'
import { CatalogPicker, CopyPicker, FreeStart, TemplatePicker, useSearchWords } from '../components/StartPickers.tsx'
import css from '../components/wizard.module.css'
import { type StartSearch, WAYS, type Way } from '../search.ts'

const NAMES: Record<Way, MessageDescriptor> = {
  catalog: msg`Catalog`,
  template: msg`Template`,
  copy: msg`A copy`,
  free: msg`Other`,
}

export default function StartPage() {
  const { t } = useLingui()
  const search: StartSearch = useSearch({ from: '/requests/new' })
  const chosen = search.item ? (
    <FromItem id={search.item} />
  ) : search.template ? (
    <FromTemplate id={search.template} />
  ) : search.copy ? (
    <FromCopy id={search.copy} />
  ) : null
  return (
    <Page
      title={t`New request`}
      lead={chosen ? undefined : t`Choose what to begin from. The draft is yours alone until you send it for approval.`}
      narrow={chosen !== null}
    >
      {chosen ?? <Ways search={search} />}
    </Page>
  )
}

function Ways({ search }: { search: StartSearch }) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const way = search.from ?? 'catalog'
  const [q, setQ] = useSearchWords(search.from, search.q)
  useKeys(
    { '/': { run: () => document.getElementById('start-search')?.focus(), label: t`Search` } },
    { scope: t`New request` },
  )
  const picker = { q, onSearch: setQ }
  return (
    <Panel>
      <Tabs
        value={way}
        onChange={(value) => {
          const from = WAYS.find((each) => each === value)
          void navigate({ to: '/requests/new', search: { from, q: q || undefined } as never, replace: true })
        }}
      >
        <Tabs.List mb="md" className={css.tabs}>
          {WAYS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {i18n._(NAMES[each])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="catalog">
          <CatalogPicker {...picker} />
        </Tabs.Panel>
        <Tabs.Panel value="template">
          <TemplatePicker {...picker} />
        </Tabs.Panel>
        <Tabs.Panel value="copy">
          <CopyPicker {...picker} />
        </Tabs.Panel>
        <Tabs.Panel value="free">
          <FreeStart />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  )
}
