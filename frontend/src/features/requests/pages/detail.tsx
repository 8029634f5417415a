/** One request: where it stands, what is asked, everything that belongs to it, and the step to take. */
import { useLingui } from '@lingui/react/macro'
import { useMediaQuery } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { keys } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { CopyText, ErrorState, Loading, Page, Panel, PriorityBadge, StatusBadge } from '~/ui/index.ts'
import { Banners } from '../components/Banners.tsx'
import { ChatPart } from '../components/ChatPart.tsx'
import css from '../components/detail.module.css'
import { RequestFacts } from '../components/RequestFacts.tsx'
import { RequestStrip } from '../components/RequestStrip.tsx'
import { RequestTabs } from '../components/RequestTabs.tsx'
import { StepButtons } from '../components/StepButtons.tsx'
import { useRequestActions } from '../components/use-request-actions.tsx'
import { type LersRequest, requestQuery } from '../queries.ts'
import { openTab, type TabName, tabsFor } from '../tabs.ts'

export default function DetailPage() {
  const { t } = useLingui()
  const { requestId } = useParams({ strict: false }) as { requestId: string }
  const request = useQuery(requestQuery(requestId))
  if (request.data) return <Detail key={requestId} request={request.data} />
  return (
    <Page title={t`Request`}>
      <Panel>
        {request.error ? (
          <ErrorState error={request.error} retry={() => void request.refetch()} />
        ) : (
          <Loading lines={10} />
        )}
      </Panel>
    </Page>
  )
}

function Detail({ request }: { request: LersRequest }) {
  const cache = useQueryClient()
  const { navigate } = useRouter()
  const tabs = useTabs(request)
  const actions = useRequestActions(request, {
    thorough: true,
    onTalk: tabs.talk,
    onDone: (next) => {
      if (next !== null) return
      void navigate({ to: '/requests' as string }).then(() =>
        cache.removeQueries({ queryKey: keys.requests.one(request.id) }),
      )
    },
  })
  useRequestKeys(request, tabs)
  return (
    <Page
      title={<CopyText value={request.request_number} label={<RequestNumber request={request} />} mono={false} />}
      documentTitle={request.request_number}
      lead={<Lead request={request} />}
      actions={<StepButtons request={request} {...actions} />}
    >
      <Banners request={request} />
      <RequestStrip request={request} mine={actions.primary} />
      <Parts
        request={request}
        tabs={tabs}
        onAsk={actions.offers('request_info') ? () => actions.take('request_info') : undefined}
      />
      {actions.dialog}
    </Page>
  )
}

/** The number on one line, on a phone too. */
function RequestNumber({ request }: { request: LersRequest }) {
  return <span className={css.number}>{request.request_number}</span>
}

function Lead({ request }: { request: LersRequest }): ReactNode {
  const term = useTerm()
  const me = useMe()
  const other = me.tenant_id === request.provider_tenant.id ? request.agency_tenant : request.provider_tenant
  return (
    <span className={css.lead}>
      <StatusBadge status={request.status} />
      <PriorityBadge priority={request.priority} />
      <span>
        {term('requestType', request.request_type)} · {other.name}
      </span>
    </span>
  )
}

interface TabState {
  /** The chat has a place of its own beside the tabs. */
  beside: boolean
  names: readonly TabName[]
  open: TabName
  go: (tab: TabName) => void
  /** Go to the chat's field. */
  talk: () => void
  /** How often that was wanted. */
  called: number
}

function useTabs(request: LersRequest): TabState {
  const me = useMe()
  const { navigate } = useRouter()
  const wide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  const search = useSearch({ strict: false }) as { tab?: string }
  const [called, setCalled] = useState(0)
  const talks = request.abilities.chat_read
  const names = tabsFor({ audit: me.permissions.includes('audit:read'), chat: talks && !wide })
  const go = (tab: TabName) =>
    void navigate({ to: '.' as string, search: { tab } as never, replace: true, resetScroll: false })
  const talk = () => {
    if (!talks) return
    if (!wide) go('chat')
    setCalled((times) => times + 1)
  }
  return { beside: talks && Boolean(wide), names, open: openTab(search.tab, names), go, talk, called }
}

interface PartsProps {
  request: LersRequest
  tabs: TabState
  onAsk?: () => void
}

/** The facts and tabs, with the chat beside them where there is room. */
function Parts({ request, tabs, onAsk }: PartsProps) {
  const chat = <ChatPart request={request} called={tabs.called} onAsk={onAsk} />
  return (
    <div className={css.layout}>
      <div className={css.main}>
        <RequestFacts request={request} />
        <Panel flush>
          <RequestTabs request={request} tabs={tabs.names} open={tabs.open} onOpen={tabs.go} chat={chat} />
        </Panel>
      </div>
      {tabs.beside && <div className={css.aside}>{chat}</div>}
    </div>
  )
}

function useRequestKeys(request: LersRequest, { names, go, talk }: TabState): void {
  const { t } = useLingui()
  const numbered = Object.fromEntries(
    names.slice(0, 6).map((tab, place) => [String(place + 1), { run: () => go(tab), label: t`Tab ${place + 1}` }]),
  )
  useKeys(
    {
      ...numbered,
      c: { run: talk, label: t`Write in the chat` },
      f: { run: () => go('files'), label: t`Files` },
      y: {
        run: () => {
          void navigator.clipboard.writeText(request.request_number).then(() => {
            notifications.show({ message: t`Copied: ${request.request_number}` })
          })
        },
        label: t`Copy the number`,
      },
    },
    { scope: t`Request` },
  )
}
