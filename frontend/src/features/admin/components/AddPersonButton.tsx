import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'

export function AddPersonButton({ onClick }: { onClick: () => void }) {
  return (
    <Button leftSection={<IconUserPlus size={16} />} onClick={onClick}>
      <Trans>Add a person</Trans>
    </Button>
  )
}
