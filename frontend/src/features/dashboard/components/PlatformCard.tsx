/** The platform at a glance, for its administrators: how it is, who is on it, what is out of the ordinary. */
import { Trans, useLingui } from '@lingui/react/macro'
import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { formatNumber } from '~/i18n/index.ts'
import { QueryState, ToneBadge } from '~/ui/index.ts'
import { failedJobs, healthNow, openBreakGlass, tenantsCount, usersCount } from '../queries.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'

export function PlatformCard({ place }: { place: number }) {
  const { t } = useLingui()
  return (
    <Card place={place} title={t`The platform`}>
      <div className={css.tiles}>
        <Tile name={t`Tenants`} to="/admin/tenants" query={tenantsCount} />
        <Tile name={t`Users`} to="/admin/users" query={usersCount} />
        <Tile name={t`Break-glass`} to="/admin/break-glass" query={openBreakGlass} alert />
        <Tile name={t`Failed jobs`} to="/admin/jobs" query={failedJobs} alert />
      </div>
      <Health />
    </Card>
  )
}

interface TileProps {
  name: string
  to: string
  query: UseQueryOptions<number, Error, number, readonly string[]> | object
  /** Any of it is out of the ordinary. */
  alert?: boolean
}

function Tile({ name, to, query, alert }: TileProps) {
  const { data, isError } = useQuery(query as UseQueryOptions<number>)
  return (
    <Link to={to as string} className={clsx(css.tile, alert && data ? css.tileWarn : undefined)}>
      <span className={css.tileNumber}>{data === undefined ? (isError ? '?' : '…') : formatNumber(data)}</span>
      <span className={css.tileName}>{isError && data === undefined ? <Trans>{name}: no answer</Trans> : name}</span>
    </Link>
  )
}

const TONES = { OK: 'good', DEGRADED: 'warn', DOWN: 'bad', UNKNOWN: 'warn', OFF: 'quiet' } as const

function Health() {
  const { t } = useLingui()
  const health = useQuery(healthNow)
  const words = { OK: t`Works`, DEGRADED: t`Limited`, DOWN: t`Down`, UNKNOWN: t`Unknown`, OFF: t`Off` }
  return (
    <QueryState query={health} lines={2}>
      {({ status, parts }) => {
        const wrong = parts.filter(({ state }) => state !== 'OK' && state !== 'OFF')
        return (
          <p className={css.health}>
            <ToneBadge tone={TONES[status]} dot>
              {words[status]}
            </ToneBadge>
            <span>
              {wrong.length === 0 ? (
                <Trans>All parts of the system work.</Trans>
              ) : (
                wrong.map(({ name, state }) => `${name}: ${words[state]}`).join(', ')
              )}
            </span>
            <Link to={'/admin/health' as string} className={css.textLink}>
              <Trans>Health</Trans>
            </Link>
          </p>
        )
      }}
    </QueryState>
  )
}
