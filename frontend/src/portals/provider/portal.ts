/** The places of the provider portal. */
import { msg } from '@lingui/core/macro'
import {
  IconBell,
  IconBooks,
  IconBuildingStore,
  IconChartBar,
  IconHome,
  IconInbox,
  IconLicense,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react'
import { page } from '~/ui/lazy.ts'
import type { Portal } from '~/ui/shell/portal.ts'

const work = msg`Work`
const service = msg`Service`
const oversight = msg`Oversight`

export const portal: Portal = {
  id: 'provider',
  name: msg`Provider`,
  roles: ['PROVIDER'],
  otherPath: '/le/',
  otherName: msg`law-enforcement portal`,
  Enrolment: page(['i18n', 'second-step'], () => import('~/features/second-step/pages/enrolment.tsx')),
  places: [
    { to: '/', label: msg`Dashboard`, icon: IconHome, key: 'd', handy: true, group: work },
    { to: '/inbox', label: msg`Inbox`, icon: IconInbox, key: 'r', handy: true, group: work, count: 'inbox' },
    {
      to: '/notifications',
      label: msg`Notifications`,
      icon: IconBell,
      key: 'n',
      handy: true,
      group: work,
      count: 'notifications',
    },
    { to: '/catalog', label: msg`Catalog`, icon: IconBooks, key: 'c', handy: true, group: service },
    { to: '/profile', label: msg`Service profile`, icon: IconBuildingStore, key: 'p', group: service },
    { to: '/metrics', label: msg`Performance`, icon: IconChartBar, key: 'y', handy: true, group: oversight },
    { to: '/team', label: msg`Team`, icon: IconUsersGroup, key: 't', group: oversight },
    { to: '/audit', label: msg`Audit trail`, icon: IconLicense, key: 'l', group: oversight },
    { to: '/settings', label: msg`Settings`, icon: IconSettings, key: 's' },
  ],
}
