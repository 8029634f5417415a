/** All places on a small screen. */
import { useLingui } from '@lingui/react/macro'
import { Drawer } from '@mantine/core'
import { Places } from './Places.tsx'
import type { Place } from './portal.ts'

interface PlacesDrawerProps {
  places: readonly Place[]
  opened: boolean
  onClose: () => void
}

export default function PlacesDrawer({ places, opened, onClose }: PlacesDrawerProps) {
  const { t } = useLingui()
  return (
    <Drawer opened={opened} onClose={onClose} title="LERS" size="18rem">
      <Places places={places} label={t`All places`} onGo={onClose} />
    </Drawer>
  )
}
