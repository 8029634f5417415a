/** The one step to take as a button, and everything else in a menu. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCopyPlus, IconDots, IconPrinter, IconTemplate } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import type { LersRequest } from '../queries.ts'
import { ENDING, type Offer, type Step } from '../steps.ts'
import css from './action.module.css'
import { STEP_LABEL } from './action-words.ts'
import { SaveTemplateDialog, UseAgainDialog } from './ReuseDialogs.tsx'

interface StepButtonsProps extends Offer {
  request: LersRequest
  take: (step: Step) => void
}

export function StepButtons({ request, primary, others, take }: StepButtonsProps) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const [reusing, setReusing] = useState<'draft' | 'template' | null>(null)
  // Both begin something new, which no ability of this request speaks of.
  const may = (permission: string) => me.permissions.includes(permission) && request.identifiers !== null
  const going = others.filter((step) => !ENDING.has(step))
  const ending = others.filter((step) => ENDING.has(step))
  const trigger = useRef<HTMLButtonElement>(null)
  // The menu's item is gone when the dialog closes: the focus goes back to where the menu was opened.
  const from = (act: () => void) => () => {
    trigger.current?.focus()
    act()
  }
  const ours = me.tenant_id === request.agency_tenant.id
  return (
    <>
      {primary && <Button onClick={() => take(primary)}>{i18n._(STEP_LABEL[primary])}</Button>}
      <Menu>
        <Menu.Target>
          <ActionIcon ref={trigger} variant="default" size={36} aria-label={t`More steps`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {going.map((step) => (
            <Menu.Item key={step} onClick={from(() => take(step))}>
              {i18n._(STEP_LABEL[step])}
            </Menu.Item>
          ))}
          {going.length > 0 && <Menu.Divider />}
          {ours && may('request:create') && (
            <Menu.Item leftSection={<IconCopyPlus size={16} />} onClick={from(() => setReusing('draft'))}>
              <Trans>Use again as a new draft</Trans>
            </Menu.Item>
          )}
          {ours && may('template:write') && (
            <Menu.Item leftSection={<IconTemplate size={16} />} onClick={from(() => setReusing('template'))}>
              <Trans>Save as a template</Trans>
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconPrinter size={16} />}
            component={Link}
            to={`/requests/${request.id}/print` as string}
          >
            <Trans>Print</Trans>
          </Menu.Item>
          {ending.length > 0 && <Menu.Divider />}
          {ending.map((step) => (
            <Menu.Item key={step} className={css.dangerItem} onClick={from(() => take(step))}>
              {i18n._(STEP_LABEL[step])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <UseAgainDialog request={request} opened={reusing === 'draft'} onClose={() => setReusing(null)} />
      <SaveTemplateDialog request={request} opened={reusing === 'template'} onClose={() => setReusing(null)} />
    </>
  )
}
