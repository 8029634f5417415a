/** Step 4: on what legal ground; the file beside the form, so that its numbers can be compared. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keys } from '~/api/index.ts'
import { FilePreview, Uploader, useFile } from '~/features/files/index.ts'
import { terms as enumeration, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Loading } from '~/ui/index.ts'
import { FieldLabel } from '../components/AnswerField.tsx'
import css from '../components/wizard.module.css'
import type { MandateType } from '../draft.ts'
import { problemText } from '../problem-words.ts'
import type { StepProps } from './context.ts'

export function Mandate(props: StepProps) {
  const { draft, request } = props
  const { t } = useLingui()
  const fileId = draft.form.mandateFileId
  useKeys(
    {
      u: { run: () => document.getElementById('legal_mandate_file_id')?.click(), label: t`Bring the mandate` },
      Delete: { run: () => draft.set({ mandateFileId: null }), label: t`Remove the mandate` },
    },
    { scope: t`Request` },
  )
  return (
    <div className={css.mandate} data-alone={fileId ? undefined : true}>
      <MandateForm {...props} />
      {fileId && <MandatePreview key={fileId} id={fileId} requestId={request.id} />}
    </div>
  )
}

function MandateForm({ draft, terms, fields, problems }: StepProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const { form, set } = draft
  const wanted = terms?.required_legal_mandate
  const errorOf = (field: string) => {
    const found = problems.find((each) => each.field === field)
    return found && problemText(i18n, found, fields)
  }
  const fileError = errorOf('legal_mandate_file_id')
  const orderNeeded = terms?.requires_court_order ?? false
  return (
    <div className={css.fields}>
      <NativeSelect
        id="legal_mandate_type"
        label={t`Legal mandate`}
        description={wanted ? t`This item is given out on: ${term('mandateType', wanted)}` : undefined}
        data={[{ value: '', label: '–' }, ...enumeration(i18n, 'mandateType')]}
        value={form.mandateType ?? ''}
        error={errorOf('legal_mandate_type')}
        onChange={(event) => set({ mandateType: (event.currentTarget.value || null) as MandateType | null })}
      />
      <TextInput
        id="court_order_number"
        label={<FieldLabel required={orderNeeded}>{t`Number of the order`}</FieldLabel>}
        description={orderNeeded ? t`The provider needs a court order for this.` : t`As it stands on the document`}
        maxLength={200}
        value={form.courtOrder}
        error={errorOf('court_order_number')}
        onChange={(event) => set({ courtOrder: event.currentTarget.value })}
      />
      <div>
        <div className={css.legend}>
          <FieldLabel required={terms?.requires_mandate_file ?? true}>
            <Trans>The signed mandate</Trans>
          </FieldLabel>
        </div>
        <Uploader
          id="legal_mandate_file_id"
          purpose="MANDATE"
          label={form.mandateFileId ? t`Choose another file` : t`Choose the mandate`}
          hint={t`PDF, or a picture of the paper.`}
          files={form.mandateFileId ? [form.mandateFileId] : []}
          onUploaded={(file) => {
            set({ mandateFileId: file.id })
            void draft.flush()
          }}
          onRemove={() => set({ mandateFileId: null })}
        />
        {fileError && (
          <p className={`${css.note} ${css.bad}`} role="alert">
            {fileError}
          </p>
        )}
      </div>
    </div>
  )
}

function MandatePreview({ id, requestId }: { id: string; requestId: string }) {
  const { t } = useLingui()
  const file = useFile(id)
  const cache = useQueryClient()
  const status = file.data?.scan_status
  const before = useRef(status)
  // What the scan found decides whether the draft may be sent: its problems are asked for again.
  useEffect(() => {
    if (before.current && status && before.current !== status) {
      void cache.invalidateQueries({ queryKey: keys.requests.one(requestId), exact: true })
    }
    before.current = status
  }, [cache, requestId, status])
  if (!file.data) return <Loading lines={8} />
  return (
    <section aria-label={t`The mandate's pages`}>
      {status === 'PENDING' ? (
        <p className={css.hint} role="status">
          <Trans>
            The file is being scanned for viruses. You may go on; the request can be sent once it is found clean.
          </Trans>
        </p>
      ) : (
        <FilePreview file={file.data} />
      )}
    </section>
  )
}
