/** The panel of a `Popup`, open from the start: it was loaded because somebody opened it. */
import { Popover } from '@mantine/core'
import { useState } from 'react'
import type { PopupProps } from './Popup.tsx'

export default function OpenPopup({ label, button, side, width, children }: PopupProps) {
  const [opened, setOpened] = useState(true)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position={side === 'end' ? 'bottom-end' : 'bottom-start'}
      width={width}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>{button({ onClick: () => setOpened((now) => !now) })}</Popover.Target>
      <Popover.Dropdown aria-label={label}>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  )
}
