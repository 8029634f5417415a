/** The tabs of a request, in the order of their number keys. */
export const TABS = ['timeline', 'files', 'responses', 'sla', 'people', 'audit', 'chat'] as const
export type TabName = (typeof TABS)[number]

interface Reader {
  /** May read the audit trail of their side. */
  audit: boolean
  /** May read this request's chat, and the chat has no place of its own beside the tabs. */
  chat: boolean
}

export const tabsFor = ({ audit, chat }: Reader): TabName[] =>
  TABS.filter((tab) => (tab === 'audit' ? audit : tab === 'chat' ? chat : true))

/** The tab that the address names, if the reader has it; else the first. */
export const openTab = (wanted: string | undefined, tabs: readonly TabName[]): TabName =>
  tabs.find((tab) => tab === wanted) ?? 'timeline'
