/** The menu of a `MenuButton`, open from the start: it was loaded because somebody opened it. */
import { Menu } from '@mantine/core'
import type { ReactElement } from 'react'
import type { MenuEntry } from './menu-entry.ts'

export default function OpenMenu({ entries, children }: { entries: readonly MenuEntry[]; children: ReactElement }) {
  const calm = entries.filter((entry) => !entry.danger)
  const danger = entries.filter((entry) => entry.danger)
  return (
    <Menu defaultOpened>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {calm.map(({ key, ...entry }) => (
          <Entry key={key} {...entry} />
        ))}
        {calm.length > 0 && danger.length > 0 && <Menu.Divider />}
        {danger.map(({ key, ...entry }) => (
          <Entry key={key} {...entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Entry({ label, icon, danger, disabled, onSelect }: Omit<MenuEntry, 'key'>) {
  return (
    <Menu.Item leftSection={icon} color={danger ? 'red' : undefined} disabled={disabled} onClick={onSelect}>
      {label}
    </Menu.Item>
  )
}
