import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setupI18n } from '@lingui/core'
import { expect, it } from 'vitest'
import { eventChoices, eventWord, fieldWord, objectWord } from './words.ts'

const i18n = setupI18n({ locale: 'en', messages: { en: {} } })
const SERVER = fileURLToPath(new URL('../../../../lers_web/domains', import.meta.url))
const AUDITED = /uow\.audit\(\s*"([a-z_]+:[a-z_]+)",\s*"([a-z_]+)"/g

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    if (statSync(path).isDirectory()) return sources(path)
    return name.endsWith('.py') ? [readFileSync(path, 'utf8')] : []
  })
}

it('has words for every event and thing that the server writes', () => {
  const written = sources(SERVER).flatMap((text) => [...text.matchAll(AUDITED)])
  expect(written.length).toBeGreaterThan(30)
  const offered = new Set(eventChoices(i18n).flatMap(({ events }) => events.map(({ value }) => value)))
  expect(written.map(([, event]) => event).filter((event) => !offered.has(event ?? ''))).toEqual([])
  expect(written.map(([, , object]) => object).filter((object) => !objectWord(i18n, object ?? ''))).toEqual([])
})
it('shows the name of what it has no words for', () => {
  expect(eventWord(i18n, 'vault:seal_broken')).toBe('vault seal broken')
  expect(fieldWord(i18n, 'policy.auto_submit')).toBe('policy auto submit')
  expect(fieldWord(i18n, 'constructor')).toBe('constructor')
  expect(objectWord(i18n, 'requests.timeline')).toBeNull()
})
it('names families', () => expect(eventWord(i18n, 'break_glass:')).toBe('Emergency access'))
