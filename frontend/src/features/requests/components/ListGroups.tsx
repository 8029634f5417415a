/** Headings of groups, and what stands in place of rows when there are none. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Severity } from '~/domain/sla.ts'
import { formatNumber } from '~/i18n/index.ts'
import { EmptyState, ErrorState } from '~/ui/index.ts'
import { sameView } from '../list-views.ts'
import { GROUP_LABEL } from '../list-words.ts'
import css from './list.module.css'
import type { useRequestList } from './use-request-list.ts'

export function GroupHead({ group, count, more }: { group: Severity; count: number; more: boolean }) {
  const { i18n } = useLingui()
  return (
    <>
      <span className={clsx(css.groupDot, css[group])} aria-hidden />
      <span className={css[`${group}Text`]}>{i18n._(GROUP_LABEL[group])}</span>
      <span className={css.groupCount}>
        {formatNumber(count)}
        {more && '+'}
      </span>
    </>
  )
}

interface ListNoneProps {
  state: ReturnType<typeof useRequestList>
  nothing?: ReactNode
  onSave: () => void
}

export function ListNone({ state, nothing, onSave }: ListNoneProps) {
  const { list, named, identifier, refusal, search, home, clear, setIdentifier } = state
  const clearAll = () => {
    setIdentifier(null)
    clear()
  }
  if (refusal) {
    return (
      <EmptyState
        icon={<IconFilterOff size={22} stroke={1.6} />}
        title={<Trans>The search cannot be made like this</Trans>}
        action={<ClearButton onClick={clearAll} />}
      >
        {Object.values(refusal.fields).flat().join(' ') || refusal.message}
      </EmptyState>
    )
  }
  if (list.query.error) return <ErrorState error={list.query.error} retry={() => void list.query.refetch()} />
  if (!identifier && sameView(search, {}, home)) return <>{nothing ?? <NothingYet />}</>
  const words = [...named.map((each) => each.text), ...(identifier ? [`••••${identifier.value.slice(-4)}`] : [])]
  return (
    <EmptyState
      icon={<IconFilterOff size={22} stroke={1.6} />}
      title={<Trans>No request matches</Trans>}
      action={
        <div className={css.quick}>
          <ClearButton onClick={clearAll} />
          {!identifier && (
            <Button variant="subtle" onClick={onSave}>
              <Trans>Save as a view</Trans>
            </Button>
          )}
        </div>
      }
    >
      {words.join(' · ')}
    </EmptyState>
  )
}

function ClearButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      <Trans>Clear the filters</Trans>
    </Button>
  )
}

function NothingYet() {
  return (
    <EmptyState icon={<IconInbox size={22} stroke={1.6} />} title={<Trans>No open requests</Trans>}>
      <Trans>Everything that was asked is closed. Look under Closed or All for what there was.</Trans>
    </EmptyState>
  )
}
