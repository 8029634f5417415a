/** What waits for the officer or approver: a list of things to do, each with its first few requests. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconChecklist,
  IconCircleCheck,
  IconFileCheck,
  IconMessageQuestion,
  IconPencil,
  IconSend,
} from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { useMe } from '~/auth/index.ts'
import { forecastQuery, type Listed, type RequestFilters, topQuery } from '~/features/requests/index.ts'
import { formatDateTime } from '~/i18n/index.ts'
import { EmptyState, ErrorState, Loading, Time } from '~/ui/index.ts'
import { toReviewQuery } from '../queries.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'
import { Rows } from './Rows.tsx'

const SHOWN = 3

interface Todo {
  key: string
  icon: ComponentType<{ size?: number; stroke?: number; className?: string }>
  filters: RequestFilters
  sort: string
  words: (count: number) => ReactNode
  /** What each row tells at its end; the clock when left out. */
  end?: (row: Listed) => ReactNode
}

const changed = (row: Listed) => <Time at={row.updated_at} />

const OFFICER: readonly Todo[] = [
  {
    key: 'sent-back',
    icon: IconArrowBackUp,
    filters: { sent_back: true },
    sort: '-updated_at',
    words: (count) => (
      <Plural value={count} one="# draft was sent back for changes" other="# drafts were sent back for changes" />
    ),
    end: changed,
  },
  {
    key: 'questions',
    icon: IconMessageQuestion,
    filters: { clarification: 'open' },
    sort: 'updated_at',
    words: (count) => (
      <Plural value={count} one="# question of a provider to answer" other="# questions of providers to answer" />
    ),
  },
  {
    key: 'approved',
    icon: IconSend,
    filters: { status: ['APPROVED'] },
    sort: 'updated_at',
    words: (count) => <Plural value={count} one="# approved request to submit" other="# approved requests to submit" />,
    end: changed,
  },
  {
    key: 'drafts',
    icon: IconPencil,
    filters: { status: ['DRAFT'], sent_back: false },
    sort: '-updated_at',
    words: (count) => <Plural value={count} one="# draft to finish" other="# drafts to finish" />,
    end: changed,
  },
]

const APPROVER: readonly Todo[] = [
  {
    key: 'approvals',
    icon: IconChecklist,
    filters: { status: ['PENDING_APPROVAL'] },
    sort: '-priority',
    words: (count) => <Plural value={count} one="# request waits for approval" other="# requests wait for approval" />,
    end: (row) => <Approve row={row} />,
  },
]

export function NeedsYou({ place }: { place: number }) {
  const { t } = useLingui()
  const me = useMe()
  const officer = me.role === 'IO'
  const todos = officer ? OFFICER : APPROVER
  const lists = useQueries({ queries: todos.map((todo) => topQuery(todo.filters, todo.sort, SHOWN)) })
  const review = useQuery({ ...toReviewQuery, enabled: officer })
  const pending = lists.some((list) => list.isPending) || (officer && review.isPending)
  const nothing = !pending && lists.every((list) => list.data?.total === 0) && (!officer || review.data?.total === 0)
  return (
    <Card place={place} title={t`Needs you`} flush>
      {nothing ? (
        <AllDone />
      ) : (
        <ul className={css.todos}>
          {todos.map((todo, at) => (
            <TodoItem key={todo.key} todo={todo} list={lists[at]} />
          ))}
          {officer && <Reviews list={review} />}
        </ul>
      )}
    </Card>
  )
}

interface ListState<T> {
  data?: { items: T[]; total: number }
  error: unknown
  refetch: () => unknown
}

function TodoItem({ todo, list }: { todo: Todo; list: ListState<Listed> | undefined }) {
  if (!list) return null
  if (list.error && !list.data) return <Failed list={list} />
  if (!list.data) return <Waiting />
  const { items, total } = list.data
  if (total === 0) return null
  const Icon = todo.icon
  return (
    <li className={css.todo}>
      <ListLink search={{ ...todo.filters, sort: todo.sort }} className={css.todoHead}>
        <Icon size={18} stroke={1.7} className={css.todoIcon} />
        <span>{todo.words(total)}</span>
      </ListLink>
      <Rows items={items} end={todo.end} />
    </li>
  )
}

function Reviews({
  list,
}: {
  list: ReturnType<typeof useQuery<Awaited<ReturnType<NonNullable<typeof toReviewQuery.queryFn>>>>>
}) {
  if (list.error && !list.data) return <Failed list={list} />
  if (!list.data) return <Waiting />
  const { items, total } = list.data
  if (total === 0) return null
  return (
    <li className={css.todo}>
      <Link to={'/responses' as string} className={css.todoHead}>
        <IconFileCheck size={18} stroke={1.7} className={css.todoIcon} />
        <span>
          <Plural value={total} one="# response to review" other="# responses to review" />
        </span>
      </Link>
      <ul className={css.rows}>
        {items.map((response) => (
          <li key={response.id} className={css.row}>
            <div className={css.rowText}>
              <span className={css.rowTitle}>
                <Link
                  to={'/responses/$responseId' as string}
                  params={{ responseId: response.id } as never}
                  className={css.rowLink}
                >
                  {response.response_number}
                </Link>
              </span>
              <span className={css.rowNote}>
                {response.request_number} · {response.provider_tenant.name}
              </span>
            </div>
            <div className={css.rowEnd}>
              <Time at={response.submitted_at} />
            </div>
          </li>
        ))}
      </ul>
    </li>
  )
}

function Approve({ row }: { row: Listed }) {
  if (!row.abilities.approve) return <Time at={row.updated_at} />
  return (
    <Button
      component={Link}
      to={'/approvals/$requestId' as string}
      params={{ requestId: row.id } as never}
      size="compact-sm"
      variant="light"
    >
      <Trans>Read</Trans>
    </Button>
  )
}

function Failed({ list }: { list: ListState<unknown> }) {
  return (
    <li className={css.todo}>
      <ErrorState error={list.error} retry={() => void list.refetch()} />
    </li>
  )
}

function Waiting() {
  return (
    <li className={css.todo}>
      <Loading lines={2} />
    </li>
  )
}

/** Nothing waits: then the next due date is what there is to know. */
function AllDone() {
  const { data } = useQuery(forecastQuery)
  const next = data?.forecast.next_due_date
  const at = next && formatDateTime(next)
  return (
    <EmptyState icon={<IconCircleCheck size={22} stroke={1.6} />} title={<Trans>Nothing needs you now</Trans>}>
      {at ? <Trans>The next answer is due {at}.</Trans> : <Trans>No answer is awaited.</Trans>}
    </EmptyState>
  )
}
