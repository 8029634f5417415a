/** The life cycle as the screens order and colour it. What may be done is told by `abilities`, never from here. */
export const STATUSES = [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'SUBMITTED',
  'ACKNOWLEDGED',
  'IN_PROGRESS',
  'RESPONSE_UPLOADED',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
] as const
export type Status = (typeof STATUSES)[number]
export const PRIORITIES = ['NORMAL', 'URGENT', 'CRITICAL'] as const
export type Priority = (typeof PRIORITIES)[number]
export const SLA_STATES = ['ON_TRACK', 'DUE_SOON', 'BREACHED', 'PAUSED', 'MET', 'MISSED'] as const
export type SlaState = (typeof SLA_STATES)[number]

export type Tone = 'quiet' | 'info' | 'violet' | 'warn' | 'good' | 'bad'

export const STATUS_TONE: Record<Status, Tone> = {
  DRAFT: 'quiet',
  PENDING_APPROVAL: 'violet',
  APPROVED: 'violet',
  SUBMITTED: 'info',
  ACKNOWLEDGED: 'info',
  IN_PROGRESS: 'info',
  RESPONSE_UPLOADED: 'warn',
  COMPLETED: 'good',
  REJECTED: 'bad',
  CANCELLED: 'quiet',
}
export const PRIORITY_TONE: Record<Priority, Tone> = { NORMAL: 'quiet', URGENT: 'warn', CRITICAL: 'bad' }
