/** The steps that fit the chosen requests: the first as buttons, the others in a menu. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconChevronUp } from '@tabler/icons-react'
import { MenuButton } from '~/ui/index.ts'
import type { BulkOffer } from '../list-bulk.ts'
import type { BulkStep } from '../list-queries.ts'
import { ENDING } from '../steps.ts'
import { STEP_LABEL } from './action-words.ts'

export function BulkButtons({ offers, onStep }: { offers: readonly BulkOffer[]; onStep: (step: BulkStep) => void }) {
  const { i18n } = useLingui()
  const leading = offers.filter(({ step }) => !ENDING.has(step)).slice(0, 2)
  const rest = offers.filter((offer) => !leading.includes(offer))
  return (
    <>
      {leading.map(({ step, rows }) => (
        <Button key={step} onClick={() => onStep(step)}>
          {i18n._(STEP_LABEL[step])} ({rows.length})
        </Button>
      ))}
      {rest.length > 0 && (
        <MenuButton
          entries={rest.map(({ step, rows }) => ({
            key: step,
            label: `${i18n._(STEP_LABEL[step])} (${rows.length})`,
            danger: ENDING.has(step),
            onSelect: () => onStep(step),
          }))}
        >
          {(props) => (
            <Button {...props} variant="default" rightSection={<IconChevronUp size={14} />}>
              <Trans>More</Trans>
            </Button>
          )}
        </MenuButton>
      )}
    </>
  )
}
