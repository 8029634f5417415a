/** The house rules on who may import whom (docs: frontend/README.md), held over every file. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = dirname(fileURLToPath(import.meta.url))
const SHARED = ['ui', 'charts', 'api', 'realtime', 'crypto', 'auth', 'i18n']

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
)

interface Import {
  from: string
  to: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"\s]+)['"]/g)
  return [...found].flatMap(([, name = '']) => {
    if (name.startsWith('~/')) return [{ from: file, to: name.slice(2) }]
    if (name.startsWith('.')) return [{ from: file, to: relative(SRC, join(SRC, dirname(file), name)) }]
    return [{ from: file, to: `package:${name}` }]
  })
}

const imports = files.filter((name) => !name.includes('.test.') && !name.startsWith('testing/')).flatMap(importsOf)
const part = (path: string) => path.split('/')[0] ?? ''
const told = (wrong: Import[]) => wrong.map(({ from, to }) => `${from} imports ${to}`)

describe('imports', () => {
  it('are found', () => expect(imports.length).toBeGreaterThan(100))

  it('lean one way: portals, features, shared parts, domain', () => {
    const rank = (path: string) =>
      ['domain', 'shared', 'features', 'portals'].indexOf(SHARED.includes(part(path)) ? 'shared' : part(path))
    const wrong = imports.filter(({ from, to }) => rank(from) >= 0 && rank(to) > rank(from))
    expect(told(wrong)).toEqual([])
  })

  it('never go from one portal to another', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, portal] = from.split('/')
      const [other, theirs] = to.split('/')
      return own === 'portals' && other === 'portals' && portal !== theirs
    })
    expect(told(wrong)).toEqual([])
  })

  it('enter another feature through its index', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, feature] = from.split('/')
      const [other, theirs, ...inside] = to.split('/')
      return own === 'features' && other === 'features' && feature !== theirs && inside.join('/') !== 'index.ts'
    })
    expect(told(wrong)).toEqual([])
  })

  it('of portals reach pages, search schemas and indexes only', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        part(from) === 'portals' && part(to) === 'features' && !/\/(pages\/[^/]+\.tsx|search\.ts|index\.ts)$/.test(to),
    )
    expect(told(wrong)).toEqual([])
  })

  it('keep the domain pure: no package but zod, no document', () => {
    const wrong = imports.filter(
      ({ from, to }) => part(from) === 'domain' && to.startsWith('package:') && to !== 'package:zod/mini',
    )
    expect(told(wrong)).toEqual([])
    const pure = files.filter((name) => part(name) === 'domain' && !name.includes('.test.'))
    const touching = pure.filter((name) =>
      /\b(document|window|localStorage)\./.test(readFileSync(join(SRC, name), 'utf8')),
    )
    expect(touching).toEqual([])
  })
})
