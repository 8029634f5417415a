/** The one step to take as a button, and everything else in a menu. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconCopyPlus, IconDots, IconPrinter, IconTemplate } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { MenuButton, type MenuEntry } from '~/ui/index.ts'
import type { LersRequest } from '../queries.ts'
import { ENDING, type Offer, type Step } from '../steps.ts'
import { STEP_LABEL } from './action-words.ts'

const UseAgainDialog = lazy(async () => ({ default: (await import('./ReuseDialogs.tsx')).UseAgainDialog }))
const SaveTemplateDialog = lazy(async () => ({ default: (await import('./ReuseDialogs.tsx')).SaveTemplateDialog }))

interface StepButtonsProps extends Offer {
  request: LersRequest
  take: (step: Step) => void
}

export function StepButtons({ request, primary, others, take }: StepButtonsProps) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const [reusing, setReusing] = useState<'draft' | 'template' | null>(null)
  // Both begin something new, which no ability of this request speaks of.
  const may = (permission: string) => me.permissions.includes(permission) && request.identifiers !== null
  const trigger = useRef<HTMLButtonElement>(null)
  // The menu's item is gone when the dialog closes: the focus goes back to where the menu was opened.
  const from = (act: () => void) => () => {
    trigger.current?.focus()
    act()
  }
  const ours = me.tenant_id === request.agency_tenant.id
  const stepEntry = (step: Step): MenuEntry => ({
    key: step,
    label: i18n._(STEP_LABEL[step]),
    danger: ENDING.has(step),
    onSelect: from(() => take(step)),
  })
  const entries: MenuEntry[] = [
    ...others.map(stepEntry),
    ...(ours && may('request:create')
      ? [
          {
            key: 'draft',
            label: t`Use again as a new draft`,
            icon: <IconCopyPlus size={16} />,
            onSelect: from(() => setReusing('draft')),
          },
        ]
      : []),
    ...(ours && may('template:write')
      ? [
          {
            key: 'template',
            label: t`Save as a template`,
            icon: <IconTemplate size={16} />,
            onSelect: from(() => setReusing('template')),
          },
        ]
      : []),
    {
      key: 'print',
      label: t`Print`,
      icon: <IconPrinter size={16} />,
      onSelect: () => void navigate({ to: `/requests/${request.id}/print` as string }),
    },
  ]
  return (
    <>
      {primary && <Button onClick={() => take(primary)}>{i18n._(STEP_LABEL[primary])}</Button>}
      <MenuButton entries={entries}>
        {(props) => (
          <ActionIcon {...props} ref={trigger} variant="default" size={36} aria-label={t`More steps`}>
            <IconDots size={18} />
          </ActionIcon>
        )}
      </MenuButton>
      {reusing && (
        <Suspense fallback={null}>
          {reusing === 'draft' ? (
            <UseAgainDialog request={request} opened onClose={() => setReusing(null)} />
          ) : (
            <SaveTemplateDialog request={request} opened onClose={() => setReusing(null)} />
          )}
        </Suspense>
      )}
    </>
  )
}
