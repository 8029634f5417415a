/** A request that was made before, to prepare a template from. */
import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { earlierQuery } from '../queries.ts'

export function FromRequest() {
  const { t } = useLingui()
  const term = useTerm()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const [words] = useDebouncedValue(q.trim(), 250)
  const query = useQuery({ ...earlierQuery(words), placeholderData: keepPreviousData })
  return (
    <Select
      label={t`Begin from a request (optional)`}
      description={t`Its texts and its ground are taken over; its identifiers, files and case are not.`}
      placeholder={t`Number, words or case`}
      data={(query.data?.items ?? []).map((request) => ({
        value: request.id,
        label: `${request.request_number} · ${term('requestType', request.request_type)} · ${request.provider_tenant.name}`,
      }))}
      // The server has searched: what it found is not sifted again by the label.
      filter={({ options }) => options}
      searchable
      value={null}
      searchValue={q}
      onSearchChange={setQ}
      nothingFoundMessage={t`No request fits`}
      onChange={(request) =>
        request && void navigate({ to: '/templates/new' as string, search: { request } as never, replace: true })
      }
    />
  )
}
