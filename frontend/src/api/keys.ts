/** The keys of everything that is cached, in one place: live events and actions invalidate by them. */
export const keys = {
  me: ['me'] as const,
  config: ['config'] as const,
  requests: {
    all: ['requests'] as const,
    lists: ['requests', 'list'] as const,
    list: (filters: unknown) => ['requests', 'list', filters] as const,
    counts: ['requests', 'counts'] as const,
    one: (id: string) => ['requests', 'one', id] as const,
    /** A part of one request: `timeline`, `sla`, `files`, `approvals`, `responses`, `participants`, `identifiers`. */
    part: (id: string, part: string) => ['requests', 'one', id, part] as const,
  },
  messages: (requestId: string) => ['messages', requestId] as const,
  files: { one: (id: string) => ['files', id] as const },
  responses: {
    all: ['responses'] as const,
    list: (filters: unknown) => ['responses', 'list', filters] as const,
    one: (id: string) => ['responses', 'one', id] as const,
  },
  catalog: {
    all: ['catalog'] as const,
    list: (filters: unknown) => ['catalog', 'list', filters] as const,
    one: (id: string) => ['catalog', 'one', id] as const,
  },
  providers: {
    list: (filters: unknown) => ['providers', 'list', filters] as const,
    profile: (id: string) => ['providers', id, 'profile'] as const,
    metrics: (id: string) => ['providers', id, 'metrics'] as const,
  },
  templates: {
    all: ['templates'] as const,
    list: (filters: unknown) => ['templates', 'list', filters] as const,
    one: (id: string) => ['templates', 'one', id] as const,
  },
  notifications: {
    all: ['notifications'] as const,
    list: (filters: unknown) => ['notifications', 'list', filters] as const,
    unread: ['notifications', 'unread'] as const,
  },
  analytics: (name: string, filters: unknown = {}) => ['analytics', name, filters] as const,
  audit: {
    all: ['audit'] as const,
    list: (filters: unknown) => ['audit', 'list', filters] as const,
  },
  colleagues: ['colleagues'] as const,
  presence: (ids: readonly string[]) => ['presence', ...ids] as const,
  keys: ['signing-keys'] as const,
  sessions: ['sessions'] as const,
  mfa: ['mfa'] as const,
  delegations: ['delegations'] as const,
  authorityRules: (filters: unknown = {}) => ['authority-rules', filters] as const,
  users: {
    all: ['users'] as const,
    list: (filters: unknown) => ['users', 'list', filters] as const,
    one: (id: string) => ['users', 'one', id] as const,
  },
  tenants: {
    all: ['tenants'] as const,
    list: (filters: unknown) => ['tenants', 'list', filters] as const,
    one: (id: string) => ['tenants', 'one', id] as const,
  },
  breakGlass: ['break-glass'] as const,
  jobs: ['jobs'] as const,
  health: ['health'] as const,
}
