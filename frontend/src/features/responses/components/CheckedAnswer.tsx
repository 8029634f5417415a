/** What the manifest says, in words: read from its text, not from the form. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Manifest } from '~/crypto/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { AnswerTexts, OutcomeList } from '~/features/review/index.ts'
import { formatBytes } from '~/i18n/index.ts'
import { Facts, Panel } from '~/ui/index.ts'
import type { ResponseContent } from '../body.ts'
import css from './respond.module.css'

interface CheckedAnswerProps {
  request: LersRequest
  body: ResponseContent
  manifest: Manifest
  part: number
}

export function CheckedAnswer({ request, body, manifest, part }: CheckedAnswerProps) {
  const { t } = useLingui()
  const { submitted_by: sender } = manifest
  return (
    <Panel title={t`Your answer`}>
      <div className={css.stack}>
        <Facts
          rows={[
            [t`Response`, manifest.response_number],
            [t`To`, manifest.agency.name],
            [t`From`, [sender.name, sender.unit, manifest.provider.name].filter(Boolean).join(', ')],
            [t`Extent`, <Extent key="extent" partial={manifest.is_partial} part={part} />],
          ]}
        />
        <OutcomeList response={manifest} identifiers={request.identifiers ?? []} />
        <Files manifest={manifest} />
        <AnswerTexts response={body} />
      </div>
    </Panel>
  )
}

function Extent({ partial, part }: { partial: boolean; part: number }) {
  if (partial) return <Trans>Part {part}; more will follow, the clock goes on</Trans>
  return part > 1 ? <Trans>The last part, part {part}</Trans> : <Trans>The whole answer</Trans>
}

function Files({ manifest: { files } }: { manifest: Manifest }) {
  return (
    <section>
      <h3 className={css.heading}>
        <Plural value={files.length} _0="No files" one="# file" other="# files" />
      </h3>
      {files.length > 0 && (
        <ol className={css.manifest}>
          {files.map((file) => (
            <li key={file.id}>
              <strong>{file.name}</strong> <span className={css.dim}>{formatBytes(file.size)}</span>
              <code className={css.hash}>{file.sha256}</code>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
