/** The types of notification: their words, and the families by which a reader narrows the list. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Notification } from '~/realtime/index.ts'

export type NotificationType = Notification['type']

export const TITLES: Record<NotificationType, MessageDescriptor> = {
  APPROVAL_REQUESTED: msg`Waits for your approval`,
  CHANGES_REQUESTED: msg`Changes requested`,
  APPROVED: msg`Approved`,
  REJECTED: msg`Rejected or declined`,
  NEW_REQUEST: msg`New request`,
  ACKNOWLEDGED: msg`Acknowledged`,
  IN_PROGRESS: msg`Work has begun`,
  INFO_REQUESTED: msg`A question to you`,
  NEW_MESSAGE: msg`New message`,
  RESPONSE_RECEIVED: msg`Response received`,
  RESPONSE_ACCEPTED: msg`Response accepted`,
  RESPONSE_REJECTED: msg`Response not accepted`,
  COMPLETED: msg`Completed`,
  CANCELLED: msg`Withdrawn`,
  SLA_WARNING: msg`Due soon`,
  SLA_BREACHED: msg`Overdue`,
  SLA_ESCALATED: msg`Escalated`,
  FILE_INFECTED: msg`A file was held back`,
  SECURITY: msg`Security`,
}

export const FAMILIES = {
  talk: { label: msg`Messages and questions`, types: ['NEW_MESSAGE', 'INFO_REQUESTED'] },
  time: { label: msg`Due dates`, types: ['SLA_WARNING', 'SLA_BREACHED', 'SLA_ESCALATED'] },
  approval: { label: msg`Approvals`, types: ['APPROVAL_REQUESTED', 'CHANGES_REQUESTED', 'APPROVED', 'REJECTED'] },
  progress: {
    label: msg`Progress`,
    types: ['NEW_REQUEST', 'ACKNOWLEDGED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'],
  },
  response: { label: msg`Responses`, types: ['RESPONSE_RECEIVED', 'RESPONSE_ACCEPTED', 'RESPONSE_REJECTED'] },
  safety: { label: msg`Files and security`, types: ['FILE_INFECTED', 'SECURITY'] },
} as const satisfies Record<string, { label: MessageDescriptor; types: readonly NotificationType[] }>

export type Family = keyof typeof FAMILIES

export const isFamily = (value: unknown): value is Family => typeof value === 'string' && Object.hasOwn(FAMILIES, value)
