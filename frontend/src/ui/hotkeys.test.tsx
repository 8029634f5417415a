import { fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { draw } from '~/testing/render.tsx'
import { type Bindings, Keys, setShortcutsEnabled, useKeys, useShortcuts } from './hotkeys.tsx'

function Bound({ bindings, modal }: { bindings: Bindings; modal?: boolean }) {
  useKeys(bindings, { scope: 'List', modal })
  const groups = useShortcuts()
  return (
    <>
      <input aria-label="Filter" />
      <input type="checkbox" aria-label="Choose" />
      <button type="button">Press</button>
      <output>
        {groups.flatMap(({ scope, shortcuts }) => shortcuts.map(({ keys, label }) => `${scope}: ${keys} ${label}`))}
      </output>
    </>
  )
}

afterEach(() => setShortcutsEnabled(true))

describe('useKeys', () => {
  it('runs single keys, sequences and chords', async () => {
    const [next, go, send] = [vi.fn(), vi.fn(), vi.fn()]
    draw(<Bound bindings={{ j: next, 'g d': go, 'Ctrl+Enter': send }} />)
    await userEvent.keyboard('j')
    await userEvent.keyboard('gd')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect([next, go, send].map((each) => each.mock.calls.length)).toEqual([1, 1, 1])
  })

  it('leaves fields alone, but not checkboxes, and chords work in both', async () => {
    const [next, send] = [vi.fn(), vi.fn()]
    draw(<Bound bindings={{ j: next, 'Ctrl+Enter': send }} />)
    await userEvent.type(screen.getByLabelText('Filter'), 'jj{Control>}{Enter}{/Control}')
    expect(next).not.toHaveBeenCalled()
    expect(send).toHaveBeenCalledTimes(1)
    screen.getByLabelText('Choose').focus()
    await userEvent.keyboard('j')
    expect(next).toHaveBeenCalledTimes(1)
  })

  it('leaves Enter to the button under the focus', async () => {
    const open = vi.fn()
    draw(<Bound bindings={{ Enter: open }} />)
    screen.getByText('Press').focus()
    await userEvent.keyboard('{Enter}')
    expect(open).not.toHaveBeenCalled()
    screen.getByText('Press').blur()
    await userEvent.keyboard('{Enter}')
    expect(open).toHaveBeenCalledTimes(1)
  })

  it('knows the key under another script, and Shift as a key of its own', async () => {
    const [next, all] = [vi.fn(), vi.fn()]
    draw(<Bound bindings={{ j: next, 'Shift+U': all }} />)
    fireEvent.keyDown(document.body, { key: 'र', code: 'KeyJ' })
    fireEvent.keyDown(document.body, { key: 'U', code: 'KeyU', shiftKey: true })
    fireEvent.keyDown(document.body, { key: 'u', code: 'KeyU' })
    expect([next.mock.calls.length, all.mock.calls.length]).toEqual([1, 1])
  })

  it('switches characters off and keeps chords', async () => {
    const [next, send] = [vi.fn(), vi.fn()]
    setShortcutsEnabled(false)
    draw(<Bound bindings={{ j: next, 'Ctrl+Enter': send }} />)
    await userEvent.keyboard('j{Control>}{Enter}{/Control}')
    expect(next).not.toHaveBeenCalled()
    expect(send).toHaveBeenCalledTimes(1)
  })

  it('gives an open dialog its own keys and none of the page', async () => {
    const [page, dialog] = [vi.fn(), vi.fn()]
    draw(
      <>
        <Bound bindings={{ j: page, a: page }} />
        <div role="dialog" aria-modal="true" aria-label="Dialog">
          <Bound bindings={{ a: dialog }} modal />
        </div>
      </>,
    )
    await userEvent.keyboard('ja')
    expect(page).not.toHaveBeenCalled()
    expect(dialog).toHaveBeenCalledTimes(1)
  })

  it('tells the help dialog what has words, and forgets it when it goes', () => {
    const { unmount } = draw(<Bound bindings={{ j: { run: vi.fn(), label: 'Next row' }, k: () => undefined }} />)
    expect(screen.getByText('List: j Next row')).toBeInTheDocument()
    unmount()
    draw(<Bound bindings={{}} />)
    expect(screen.queryByText('List: j Next row')).toBeNull()
  })
})

describe('Keys', () => {
  it('draws each key in its cap', () => {
    draw(<Keys keys="Ctrl+Enter" />)
    expect(screen.getByText('Ctrl').nextSibling).toHaveTextContent('Enter')
  })
})
