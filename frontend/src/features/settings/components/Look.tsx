import { Trans, useLingui } from '@lingui/react/macro'
import { Radio, Stack, useMantineColorScheme } from '@mantine/core'
import { activate, LANGUAGES, type Language } from '~/i18n/index.ts'
import { ErrorSummary, Panel, problemsOf } from '~/ui/index.ts'
import { useSaveMe } from '../queries.ts'
import css from '../settings.module.css'

export function Look() {
  const { t, i18n } = useLingui()
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const save = useSaveMe()
  const speak = (language: Language) => {
    void activate(language)
    save.mutate({ language })
  }
  return (
    <Panel
      title={<Trans>Language and look</Trans>}
      note={
        <Trans>The language is kept with your account and used for mails too; the look is kept on this device.</Trans>
      }
    >
      <div className={css.choices}>
        <ErrorSummary problems={save.error ? problemsOf(save.error) : []} />
        <Radio.Group label={t`Language`} value={i18n.locale} onChange={(value) => speak(value as Language)}>
          <Stack gap="xs" mt="xs">
            {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => (
              <Radio key={language} value={language} label={<span lang={language}>{name}</span>} />
            ))}
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={t`Look`}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="auto" label={t`As the system`} />
            <Radio value="light" label={t`Light`} />
            <Radio value="dark" label={t`Dark`} />
          </Stack>
        </Radio.Group>
      </div>
    </Panel>
  )
}
