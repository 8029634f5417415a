/** Who is signed in, and what is theirs: language, look, settings, sign-out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Avatar, Menu, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { api } from '~/api/index.ts'
import { type Me, signOut } from '~/auth/index.ts'
import { activate, LANGUAGES, type Language, useTerm } from '~/i18n/index.ts'
import css from './shell.module.css'

export function UserMenu({ me }: { me: Me }) {
  const { i18n } = useLingui()
  const term = useTerm()
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const speak = (language: Language) => {
    void activate(language)
    void api.PATCH('/api/v1/auth/me/', { body: { language } })
  }
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={css.who}>
          <span className="l-visually-hidden">
            <Trans>Your menu:</Trans>
          </span>
          <Avatar size={32} radius="xl" color="ink" name={me.name} aria-hidden />
          <span className={css.whoText}>
            {me.name}
            <small>{me.tenant?.name}</small>
          </span>
        </button>
      </Menu.Target>
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
