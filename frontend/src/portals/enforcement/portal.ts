/** The places of the law-enforcement portal. */
import { msg } from '@lingui/core/macro'
import {
  IconActivity,
  IconBell,
  IconBooks,
  IconBuilding,
  IconChartBar,
  IconChecklist,
  IconFileCheck,
  IconFiles,
  IconHierarchy2,
  IconHome,
  IconKey,
  IconLicense,
  IconServer,
  IconSettings,
  IconStack2,
  IconTemplate,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Me } from '~/auth/index.ts'
import { page } from '~/ui/lazy.ts'
import type { Portal } from '~/ui/shell/portal.ts'

const officer = (me: Me) => me.role === 'IO'
const approver = (me: Me) => me.role === 'APPROVER'
const agency = (me: Me) => officer(me) || approver(me)
const platform = (me: Me) => me.role === 'SUPER_ADMIN'
const work = msg`Work`
const knowledge = msg`Reference`
const oversight = msg`Oversight`
const platformGroup = msg`Platform`

export const portal: Portal = {
  id: 'enforcement',
  name: msg`Law enforcement`,
  roles: ['IO', 'APPROVER', 'SUPER_ADMIN'],
  otherPath: '/provider/',
  otherName: msg`provider portal`,
  Enrolment: page(['i18n', 'second-step'], () => import('~/features/second-step/pages/enrolment.tsx')),
  places: [
    { to: '/', label: msg`Dashboard`, icon: IconHome, key: 'd', handy: true, group: work },
    {
      to: '/approvals',
      label: msg`Approvals`,
      icon: IconChecklist,
      key: 'a',
      show: approver,
      handy: true,
      group: work,
      count: 'approvals',
    },
    { to: '/requests', label: msg`Requests`, icon: IconFiles, key: 'r', handy: true, group: work },
    {
      to: '/responses',
      label: msg`Responses`,
      icon: IconFileCheck,
      key: 'v',
      show: agency,
      handy: true,
      group: work,
      count: 'responses',
    },
    {
      to: '/notifications',
      label: msg`Notifications`,
      icon: IconBell,
      key: 'n',
      handy: true,
      group: work,
      count: 'notifications',
    },
    { to: '/catalog', label: msg`Catalog`, icon: IconBooks, key: 'c', group: knowledge },
    { to: '/providers', label: msg`Providers`, icon: IconBuilding, key: 'p', group: knowledge },
    { to: '/templates', label: msg`Templates`, icon: IconTemplate, key: 't', show: agency, group: knowledge },
    { to: '/analytics', label: msg`Analytics`, icon: IconChartBar, key: 'y', group: oversight },
    {
      to: '/audit',
      label: msg`Audit trail`,
      icon: IconLicense,
      key: 'l',
      show: (me) => !officer(me),
      group: oversight,
    },
    {
      to: '/team',
      label: msg`Team`,
      icon: IconUsersGroup,
      show: (me) => agency(me) && me.is_tenant_admin,
      group: oversight,
    },
    { to: '/admin/tenants', label: msg`Tenants`, icon: IconHierarchy2, show: platform, group: platformGroup },
    { to: '/admin/users', label: msg`Users`, icon: IconUsers, show: platform, group: platformGroup },
    {
      to: '/admin/authority',
      label: msg`Authority rules`,
      icon: IconStack2,
      show: (me) => platform(me) || (agency(me) && me.is_tenant_admin),
      group: oversight,
    },
    { to: '/admin/break-glass', label: msg`Break-glass`, icon: IconKey, show: platform, group: platformGroup },
    { to: '/admin/health', label: msg`Health`, icon: IconActivity, show: platform, group: platformGroup },
    { to: '/admin/jobs', label: msg`Jobs`, icon: IconServer, show: platform, group: platformGroup },
    { to: '/settings', label: msg`Settings`, icon: IconSettings, key: 's' },
  ],
}
