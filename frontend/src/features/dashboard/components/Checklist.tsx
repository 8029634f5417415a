/** The first steps of somebody new, until they are done or put away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { changeMe, useMe } from '~/auth/index.ts'
import { useSigningKey } from '~/features/keys/index.ts'
import { countsQuery } from '~/features/requests/index.ts'
import { Panel } from '~/ui/index.ts'
import css from './dashboard.module.css'

interface FirstStep {
  key: string
  label: string
  help: string
  to: string
  done: boolean
}

const PUT_AWAY = 'first_steps_put_away'

export function Checklist() {
  const { t } = useLingui()
  const me = useMe()
  const steps = useFirstSteps()
  const putAway = useMutation({
    mutationFn: () => changeMe(({ preferences }) => ({ preferences: { ...preferences, [PUT_AWAY]: true } })),
  })
  if (!steps || me.preferences[PUT_AWAY] || steps.every((step) => step.done)) return null
  const done = steps.filter((step) => step.done).length
  return (
    <Panel
      title={t`First steps`}
      note={t`${done} of ${steps.length} done`}
      actions={
        <ActionIcon
          onClick={() => putAway.mutate()}
          loading={putAway.isPending}
          aria-label={t`Put the first steps away`}
        >
          <IconX size={16} />
        </ActionIcon>
      }
    >
      <ol className={css.steps}>
        {steps.map((step) => (
          <li key={step.key} className={css.step}>
            {step.done ? (
              <IconCircleCheckFilled size={20} className={css.stepDone} aria-hidden />
            ) : (
              <IconCircle size={20} stroke={1.6} className={css.stepOpen} aria-hidden />
            )}
            <span>
              {step.done ? (
                <span>
                  {step.label}{' '}
                  <span className="l-visually-hidden">
                    <Trans>(done)</Trans>
                  </span>
                </span>
              ) : (
                <Link to={step.to as string} className={css.textLink}>
                  {step.label}
                </Link>
              )}
              <span className={css.rowNote}>{step.help}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** The steps of this role; null until it is known what is done. */
function useFirstSteps(): FirstStep[] | null {
  const { t } = useLingui()
  const me = useMe()
  const { known, pending, error } = useSigningKey()
  const counts = useQuery(countsQuery)
  if (pending || error || !counts.data) return null
  const { total, status } = counts.data
  const key: FirstStep = {
    key: 'key',
    label: t`Make your signing key`,
    help: t`It proves that a decision is yours. It never leaves this browser.`,
    to: '/settings/keys',
    done: known.some((each) => !each.revoked_at),
  }
  if (me.role === 'APPROVER') {
    const decided = total - (status.PENDING_APPROVAL ?? 0) - (status.DRAFT ?? 0) > 0
    return [
      key,
      {
        key: 'decide',
        label: t`Decide on a first request`,
        help: t`Read it, then approve it, ask for changes or reject it.`,
        to: '/approvals',
        done: decided,
      },
    ]
  }
  if (me.role !== 'IO') return null
  return [
    {
      key: 'draft',
      label: t`Begin a first request`,
      help: t`From an item of the catalog: it asks for what the provider needs.`,
      to: '/requests/new',
      done: total > 0,
    },
    {
      key: 'send',
      label: t`Send it for approval`,
      help: t`An approver of your unit reads and signs it.`,
      to: '/requests',
      done: total - (status.DRAFT ?? 0) > 0,
    },
    key,
  ]
}
