/** A picture for each type; the words beside it say the same. */
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleX,
  IconClock,
  IconEdit,
  IconEye,
  IconFlag,
  IconHelpCircle,
  IconInbox,
  IconMessage,
  IconPackage,
  IconPlayerPlay,
  IconShield,
  IconShieldOff,
  IconSignature,
  IconThumbDown,
  IconThumbUp,
  IconTrendingUp,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { NotificationType } from '../kinds.ts'

const ICONS: Record<NotificationType, ComponentType<{ size?: number; stroke?: number }>> = {
  APPROVAL_REQUESTED: IconSignature,
  CHANGES_REQUESTED: IconEdit,
  APPROVED: IconCheck,
  REJECTED: IconCircleX,
  NEW_REQUEST: IconInbox,
  ACKNOWLEDGED: IconEye,
  IN_PROGRESS: IconPlayerPlay,
  INFO_REQUESTED: IconHelpCircle,
  NEW_MESSAGE: IconMessage,
  RESPONSE_RECEIVED: IconPackage,
  RESPONSE_ACCEPTED: IconThumbUp,
  RESPONSE_REJECTED: IconThumbDown,
  COMPLETED: IconFlag,
  CANCELLED: IconBan,
  SLA_WARNING: IconClock,
  SLA_BREACHED: IconAlertTriangle,
  SLA_ESCALATED: IconTrendingUp,
  FILE_INFECTED: IconShieldOff,
  SECURITY: IconShield,
}

export function KindIcon({ type }: { type: NotificationType }) {
  const Icon = ICONS[type]
  return <Icon size={18} stroke={1.7} />
}
