/** States as badges: one look, one word, one colour for each, everywhere. */
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { PRIORITY_TONE, type Priority, STATUS_TONE, type Status, type Tone } from '~/domain/status.ts'
import { useTerm } from '~/i18n/index.ts'
import css from './kit.module.css'

export function ToneBadge({ tone, dot, children }: { tone: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={clsx(css.badge, css[tone])}>
      {dot && <span className={css.dot} aria-hidden />}
      {children}
    </span>
  )
}

export function StatusBadge({ status }: { status: string }) {
  const term = useTerm()
  return (
    <ToneBadge tone={STATUS_TONE[status as Status] ?? 'quiet'} dot>
      {term('status', status)}
    </ToneBadge>
  )
}

/** Nothing for NORMAL: a badge on every row would say nothing. */
export function PriorityBadge({ priority, always }: { priority: string; always?: boolean }) {
  const term = useTerm()
  if (priority === 'NORMAL' && !always) return null
  return <ToneBadge tone={PRIORITY_TONE[priority as Priority] ?? 'quiet'}>{term('priority', priority)}</ToneBadge>
}

const SCAN_TONE: Record<string, Tone> = {
  CLEAN: 'good',
  INFECTED: 'bad',
  ERROR: 'bad',
  SUSPICIOUS: 'warn',
  PENDING: 'info',
  AWAITING_UPLOAD: 'quiet',
  UNSCANNED: 'warn',
}

export function ScanBadge({ status }: { status: string }) {
  const term = useTerm()
  return (
    <ToneBadge tone={SCAN_TONE[status] ?? 'quiet'} dot>
      {term('scanStatus', status)}
    </ToneBadge>
  )
}

const RESPONSE_TONE: Record<string, Tone> = {
  RECEIVED: 'warn',
  PARSED: 'warn',
  PARSE_FAILED: 'warn',
  ACCEPTED: 'good',
  REJECTED: 'bad',
}

export function ResponseBadge({ status }: { status: string }) {
  const term = useTerm()
  return (
    <ToneBadge tone={RESPONSE_TONE[status] ?? 'quiet'} dot>
      {term('responseStatus', status)}
    </ToneBadge>
  )
}
