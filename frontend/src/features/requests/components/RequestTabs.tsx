/** The parts of a request as tabs; which one is open stands in the address. */
import { useLingui } from '@lingui/react/macro'
import { Tabs } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { type ComponentType, lazy, type ReactNode, useEffect, useRef } from 'react'
import { loadCatalogs } from '~/i18n/index.ts'
import type { LersRequest } from '../queries.ts'
import type { TabName } from '../tabs.ts'
import css from './detail.module.css'
import { Part } from './Part.tsx'
import { TimelineTab } from './TimelineTab.tsx'

type TabPart = ComponentType<{ request: LersRequest }>

const FilesTab = lazy(async () => ({ default: (await import('./FilesTab.tsx')).FilesTab }))
const SlaTab = lazy(async () => ({ default: (await import('./SlaTab.tsx')).SlaTab }))
const PeopleTab = lazy(async () => ({ default: (await import('./PeopleTab.tsx')).PeopleTab }))
const AuditTab = lazy(async () => ({ default: (await import('./AuditTab.tsx')).AuditTab }))
const ResponsesTab = lazy(async () => {
  const [{ ResponsesList }] = await Promise.all([import('~/features/review/index.ts'), loadCatalogs('review')])
  return { default: ({ request }: { request: LersRequest }) => <ResponsesList requestId={request.id} /> }
})

const PARTS: Record<Exclude<TabName, 'chat'>, TabPart> = {
  timeline: TimelineTab,
  files: FilesTab,
  responses: ResponsesTab,
  sla: SlaTab,
  people: PeopleTab,
  audit: AuditTab,
}

interface RequestTabsProps {
  request: LersRequest
  tabs: readonly TabName[]
  open: TabName
  onOpen: (tab: TabName) => void
  /** Shown in the chat's tab, where it has one. */
  chat: ReactNode
}

export function RequestTabs({ request, tabs, open, onOpen, chat }: RequestTabsProps) {
  const { t } = useLingui()
  const names: Record<TabName, string> = {
    timeline: t`Timeline`,
    files: t`Files`,
    responses: t`Responses`,
    sla: t`Time`,
    people: t`People`,
    audit: t`Audit`,
    chat: t`Chat`,
  }
  const box = useRef<HTMLDivElement>(null)
  useShown(box, open)
  return (
    <Tabs ref={box} value={open} onChange={(tab) => tab && onOpen(tab as TabName)} className={css.tabs}>
      <Tabs.List className={css.tabList} aria-label={t`Parts of the request`}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {names[tab]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} className={tab === 'chat' ? css.chatTab : css.tabPanel}>
          <h2 className="l-visually-hidden">{names[tab]}</h2>
          <Part name={`${request.id} ${tab}`}>{tab === 'chat' ? chat : <Open tab={tab} request={request} />}</Part>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

/** A link to a part leads to it; and the open tab is in sight where not all of them are. */
function useShown(box: React.RefObject<HTMLDivElement | null>, open: TabName): void {
  const linked = useRef((useSearch({ strict: false }) as { tab?: string }).tab === open)
  useEffect(() => {
    if (linked.current) box.current?.scrollIntoView({ block: 'start' })
    linked.current = false
  }, [box])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is open then
  useEffect(() => {
    const tab = box.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')
    const list = tab?.parentElement
    // Only the list of tabs scrolls, never the page.
    if (tab && list) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.clientWidth) / 2
  }, [box, open])
}

function Open({ tab, request }: { tab: Exclude<TabName, 'chat'>; request: LersRequest }) {
  const Found = PARTS[tab]
  return <Found request={request} />
}
