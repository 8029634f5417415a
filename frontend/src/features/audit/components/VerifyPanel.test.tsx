import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { draw } from '~/testing/render.tsx'
import type { Entry } from '../entry.ts'
import { CHAIN, chainOf, serve } from '../testing.ts'
import { useVerification } from '../use-verification.ts'
import VerifyPanel from './VerifyPanel.tsx'

afterEach(() => vi.restoreAllMocks())

function Screen({ onShow }: { onShow: (entry: Entry) => void }) {
  const verification = useVerification(undefined)
  return (
    <>
      <button type="button" onClick={() => void verification.start()}>
        Verify
      </button>
      {verification.current.begun && <VerifyPanel verification={verification} nameOf={() => null} onShow={onShow} />}
    </>
  )
}

const verify = async (onShow = vi.fn()) => {
  draw(<Screen onShow={onShow} />)
  await userEvent.click(screen.getByRole('button', { name: 'Verify' }))
  await screen.findByRole('button', { name: 'Check again' })
  return onShow
}
const side = (name: string) => within(screen.getByRole('heading', { name }).parentElement as HTMLElement)
const sound = {
  ok: true,
  complete: true,
  entries: 9,
  chains: 1,
  leaves: 30,
  checkpoints: 3,
  unsigned: 1,
  problem_count: 0,
  problems: [],
  next_cursor: null,
}

it('sets what this browser found beside what the server says', async () => {
  const trail = chainOf(9)
  serve(
    () => trail,
    () => 9,
    sound,
  )
  await verify()
  expect(side('Checked in this browser').getByText('Nothing was changed, removed or reordered')).toBeVisible()
  expect(side("The server's own check").getByText('The server found nothing wrong')).toBeVisible()
})

it('shows the first bad entry with both hashes, also when the server says that all is well', async () => {
  const trail = chainOf(9).map((entry) =>
    entry.seq === 4 ? { ...entry, canonical: entry.canonical.replace('update', 'delete') } : entry,
  )
  serve(
    () => trail,
    () => 9,
    sound,
  )
  const onShow = await verify()
  const here = side('Checked in this browser')
  expect(here.getByText('The trail was tampered with')).toBeVisible()
  expect(here.getByText('Entry 4:')).toBeVisible()
  expect(here.getByText(trail[3]?.hash ?? 'none')).toBeVisible()
  expect(here.getByText('Hash of the text').nextElementSibling).toHaveTextContent(/^[\da-f]{64}$/)
  await userEvent.click(here.getByRole('button', { name: 'Show the first bad entry' }))
  expect(onShow).toHaveBeenCalledWith(expect.objectContaining({ chain: CHAIN, seq: 4 }))
})

it('keeps one side when the other fails', async () => {
  const trail = chainOf(3)
  const get = serve(
    () => trail,
    () => 3,
  )
  const answer = get.getMockImplementation() as (...asked: unknown[]) => unknown
  get.mockImplementation(((path: string, ...rest: unknown[]) =>
    path.endsWith('/verify/') ? Promise.reject(new Error('gone')) : answer(path, ...rest)) as never)
  await verify()
  expect(side('Checked in this browser').getByText('3 entries')).toBeVisible()
  expect(side("The server's own check").getByText('This did not work')).toBeVisible()
})
