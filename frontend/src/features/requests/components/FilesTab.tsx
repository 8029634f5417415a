/** All files of the request, by what they are for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconFiles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FileRow } from '~/features/files/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { filesQuery, type LersRequest } from '../queries.ts'
import css from './parts.module.css'

const PURPOSES = ['MANDATE', 'EVIDENCE', 'RESPONSE', 'CHAT', 'SAMPLE'] as const

export function FilesTab({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const files = useQuery(filesQuery(request.id))
  return (
    <QueryState query={files} lines={4}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<IconFiles size={22} stroke={1.6} />} title={t`No files`}>
            <Trans>The mandate, the response and what is sent in the chat appear here.</Trans>
          </EmptyState>
        ) : (
          <div className={css.groups}>
            {PURPOSES.map((purpose) => {
              const found = items.filter((file) => file.purpose === purpose)
              return (
                found.length > 0 && (
                  <section key={purpose}>
                    <h3 className={css.heading}>
                      <Purpose purpose={purpose} />
                    </h3>
                    <ul className={css.plain}>
                      {found.map((file) => (
                        <li key={file.id}>
                          <FileRow file={file} />
                        </li>
                      ))}
                    </ul>
                  </section>
                )
              )
            })}
          </div>
        )
      }
    </QueryState>
  )
}

function Purpose({ purpose }: { purpose: (typeof PURPOSES)[number] }): ReactNode {
  switch (purpose) {
    case 'MANDATE':
      return <Trans>Mandate</Trans>
    case 'EVIDENCE':
      return <Trans>Attachments of the request</Trans>
    case 'RESPONSE':
      return <Trans>Response</Trans>
    case 'CHAT':
      return <Trans>From the chat</Trans>
    case 'SAMPLE':
      return <Trans>Samples</Trans>
  }
}
