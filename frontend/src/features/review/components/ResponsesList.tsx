/** The responses to a request, oldest first: what came, what was decided, and why. For both portals. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button } from '@mantine/core'
import { IconCertificate, IconDownload, IconFileCheck, IconStarFilled } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '~/auth/index.ts'
import { EmptyState, ErrorSummary, Person, problemsOf, QueryState, ResponseBadge, Time } from '~/ui/index.ts'
import { partPlace } from '../parts.ts'
import { type LersResponse, manifestQuery, responsesOfRequestQuery } from '../queries.ts'
import { saveManifest } from '../save-manifest.ts'
import { Checklist } from './Checklist.tsx'
import css from './list.module.css'
import { PartBadge } from './PartBadge.tsx'

interface ResponsesListProps {
  requestId: string
  /** The response whose page this is: it is not linked. */
  current?: string
}

export function ResponsesList({ requestId, current }: ResponsesListProps) {
  const { t } = useLingui()
  const responses = useQuery(responsesOfRequestQuery(requestId))
  return (
    <QueryState query={responses} lines={4}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<IconFileCheck size={22} stroke={1.6} />} title={t`No response yet`}>
            <Trans>What the provider answers appears here, part by part.</Trans>
          </EmptyState>
        ) : (
          <ol className={css.chain} aria-label={t`Responses, oldest first`}>
            {items.map((response) => (
              <li key={response.id} aria-current={response.id === current ? 'true' : undefined}>
                <Entry response={response} all={items} here={response.id === current} />
              </li>
            ))}
          </ol>
        )
      }
    </QueryState>
  )
}

interface EntryProps {
  response: LersResponse
  all: readonly LersResponse[]
  here: boolean
}

function Entry({ response, all, here }: EntryProps) {
  return (
    <div className={css.entry}>
      <div className={css.entryHead}>
        <ResponseNumber response={response} here={here} />
        <ResponseBadge status={response.status} />
        <PartBadge partial={response.is_partial} place={partPlace(response.id, all)} />
        {response.rating && <Stars score={response.rating} />}
      </div>
      <p className={css.entryMeta}>
        <span>
          <Person person={response.submitted_by} />, <Time at={response.submitted_at} style="datetime" />
        </span>
        <span>
          <Plural value={response.files.length} _0="no file" one="# file" other="# files" />
        </span>
        <span>{response.signature ? <Trans>Signed and sealed</Trans> : <Trans>Sealed</Trans>}</span>
      </p>
      {response.response_text && !here && <p className={css.entryText}>{response.response_text}</p>}
      <Decision response={response} />
      {!here && <EntryActions response={response} />}
    </div>
  )
}

/** Providers have no page of one response: their portal shows all there is right here. */
function ResponseNumber({ response, here }: { response: LersResponse; here: boolean }) {
  const me = useMe()
  if (here || me.role === 'PROVIDER') return <strong>{response.response_number}</strong>
  return (
    <Anchor component={Link} to={`/responses/${response.id}` as string} fw={600}>
      {response.response_number}
    </Anchor>
  )
}

export function Stars({ score }: { score: number }) {
  const { t } = useLingui()
  return (
    <span className={css.stars} role="img" aria-label={t`Rated ${score} of 5`}>
      <IconStarFilled size={14} aria-hidden /> {score}
      <span className={css.dim}>/5</span>
    </span>
  )
}

function Decision({ response }: { response: LersResponse }) {
  const { decided_by: person, decided_at: at, rejection_reason: reason, rating_comment: comment } = response
  return (
    <>
      {person && at && (
        <p className={css.entryMeta}>
          <span>
            {response.status === 'ACCEPTED' ? <Trans>Accepted by</Trans> : <Trans>Rejected by</Trans>}{' '}
            <Person person={person} />, <Time at={at} style="datetime" />
          </span>
        </p>
      )}
      {reason && <Checklist reason={reason} />}
      {comment && (
        <blockquote className={css.comment}>
          <p>{comment}</p>
        </blockquote>
      )}
    </>
  )
}

function EntryActions({ response }: { response: LersResponse }) {
  const me = useMe()
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: async () => saveManifest(await cache.fetchQuery(manifestQuery(response.id))),
  })
  return (
    <div className={css.entryActions}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        <Trans>Save the manifest</Trans>
      </Button>
      {response.status === 'ACCEPTED' && me.role !== 'PROVIDER' && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCertificate size={16} aria-hidden />}
          component={Link}
          to={`/responses/${response.id}/receipt` as string}
        >
          <Trans>Receipt</Trans>
        </Button>
      )}
      <ErrorSummary problems={problemsOf(save.error)} />
    </div>
  )
}
