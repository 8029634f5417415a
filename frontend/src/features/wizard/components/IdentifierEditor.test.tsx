import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import type { Identifier } from '~/domain/identifiers.ts'
import { draw } from '~/testing/render.tsx'
import { IdentifierEditor, type IdentifierEditorProps } from './IdentifierEditor.tsx'

// A growing text field listens for fonts, which jsdom does not load.
Object.defineProperty(document, 'fonts', { value: new EventTarget() })

type Given = Partial<Omit<IdentifierEditorProps, 'onChange'>> & { start?: Identifier[] }

function Held({ start = [], changed, ...given }: Given & { changed: (rows: Identifier[]) => void }) {
  const [rows, setRows] = useState<Identifier[]>(start)
  return (
    <IdentifierEditor
      allowed={['MSISDN']}
      rows={rows}
      {...given}
      onChange={(next) => {
        setRows(next)
        changed(next)
      }}
    />
  )
}

function edit(given: Given = {}) {
  const changed = vi.fn<(rows: Identifier[]) => void>()
  draw(<Held changed={changed} {...given} />)
  return { changed, user: userEvent.setup() }
}

describe('the list of identifiers', () => {
  it('takes a sound one with Enter, shows it masked, and is ready for the next', async () => {
    const { changed, user } = edit()
    const field = screen.getByLabelText('Mobile number')
    await user.type(field, '98765 43210{Enter}')
    expect(changed).toHaveBeenCalledExactlyOnceWith([{ type: 'MSISDN', value: '98765 43210' }])
    expect(screen.getByText('••••3210')).toBeInTheDocument()
    expect(screen.queryByText(/98765/)).toBeNull()
    expect(field).toHaveValue('')
    expect(field).toHaveFocus()
  })

  it('says what is wrong, and takes it only when that is insisted on', async () => {
    const { changed, user } = edit()
    await user.type(screen.getByLabelText('Mobile number'), '12345{Enter}')
    expect(screen.getByText(/This is not a telephone number/)).toBeInTheDocument()
    expect(changed).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Add it all the same' }))
    expect(changed).toHaveBeenCalledExactlyOnceWith([{ type: 'MSISDN', value: '12345' }])
    expect(screen.getByLabelText('To be mended')).toBeInTheDocument()
  })

  it('never takes a whole card number, nor the same one twice', async () => {
    const { changed, user } = edit({ allowed: ['CARD'], start: [{ type: 'CARD', value: '411111******1111' }] })
    await user.type(screen.getByLabelText('Card'), '4111111111111111{Enter}')
    expect(screen.getByText(/whole card number must never be entered/)).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: 'Add it all the same' })).toBeNull()
    await user.clear(screen.getByLabelText('Card'))
    await user.type(screen.getByLabelText('Card'), '4111 11XX XXXX 1111{Enter}')
    expect(screen.getByText('This identifier is already in the list.')).toBeInTheDocument()
    expect(changed).not.toHaveBeenCalled()
  })

  it('reads a sheet with a verdict for each row, adds the sound ones and keeps the others to be mended', async () => {
    const { changed, user } = edit({ start: [{ type: 'MSISDN', value: '9876543210' }] })
    await user.click(screen.getByRole('button', { name: 'Paste many from a sheet' }))
    const box = screen.getByLabelText('Paste from a sheet', { selector: 'textarea' })
    fireEvent.change(box, { target: { value: '9000000001\n12345\n+91 98765 43210\n9000000002' } })
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1)
    expect(rows.map((row) => within(row).getAllByRole('cell')[3]?.textContent)).toEqual([
      'In order',
      expect.stringContaining('not a telephone number'),
      'This identifier is already in the list.',
      'In order',
    ])
    await user.click(screen.getByRole('button', { name: 'Add 2 rows' }))
    expect(changed.mock.lastCall?.[0].map((each) => each.value)).toEqual(['9876543210', '9000000001', '9000000002'])
    expect(box).toHaveValue('12345\n+91 98765 43210')
  })

  it('tells what the server found in a row that seems sound here', () => {
    edit({
      start: [{ type: 'MSISDN', value: '+14155550123' }],
      settled: true,
      problems: [{ field: 'identifiers.0.value', code: 'new_rule', message: 'No such number.' }],
    })
    expect(screen.getByText('No such number.')).toBeInTheDocument()
  })

  it('stays closed until it is opened, which may be refused', async () => {
    const onOpen = vi.fn().mockRejectedValue(new Error('not now'))
    draw(
      <IdentifierEditor
        allowed={['MSISDN']}
        rows={null}
        masked={[{ id: 'i', type: 'MSISDN', masked: '••••0001', outcome: 'PENDING' }]}
        onChange={() => undefined}
        onOpen={onOpen}
      />,
    )
    expect(screen.getByText('••••0001')).toBeInTheDocument()
    expect(screen.queryByLabelText('Mobile number')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Open the list to change it' }))
    expect(onOpen).toHaveBeenCalledOnce()
    await waitFor(() => expect(screen.getByText('This did not work')).toBeInTheDocument())
  })
})
