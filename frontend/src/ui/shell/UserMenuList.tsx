/** The open menu of the user: language, look, settings, sign-out. Loaded when it is first opened. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { changeMe, type Me, signOut } from '~/auth/index.ts'
import { activate, LANGUAGES, type Language, useTerm } from '~/i18n/index.ts'

interface UserMenuListProps {
  me: Me
  /** The button that the menu hangs from. */
  children: ReactNode
}

export default function UserMenuList({ me, children }: UserMenuListProps) {
  const { i18n } = useLingui()
  const term = useTerm()
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const speak = (language: Language) => {
    void activate(language)
    // The choice holds on this device in any case; keeping it with the profile is tried once.
    changeMe(() => ({ language })).catch(() => undefined)
  }
  return (
    <Menu defaultOpened>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {term('role', me.role)} {me.rank && `· ${me.rank}`}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
          <Trans>Settings</Trans>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          <Trans>Language</Trans>
        </Menu.Label>
        {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconLanguage size={16} />}
            onClick={() => speak(language)}
            aria-current={i18n.locale === language}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>
          <Trans>Look</Trans>
        </Menu.Label>
        <Menu.Item
          leftSection={<IconSun size={16} />}
          onClick={() => setColorScheme('light')}
          aria-current={colorScheme === 'light'}
        >
          <Trans>Light</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMoon size={16} />}
          onClick={() => setColorScheme('dark')}
          aria-current={colorScheme === 'dark'}
        >
          <Trans>Dark</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDeviceDesktop size={16} />}
          onClick={() => setColorScheme('auto')}
          aria-current={colorScheme === 'auto'}
        >
          <Trans>As the system</Trans>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
