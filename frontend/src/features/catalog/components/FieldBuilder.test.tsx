import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { draw } from '~/testing/render.tsx'
import { type FieldForm, newField } from '../fields.ts'
import { FieldBuilder } from './FieldBuilder.tsx'

let latest: readonly FieldForm[] = []

function Builder({ begin }: { begin: readonly FieldForm[] }) {
  const [fields, setFields] = useState(begin)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  latest = fields
  return <FieldBuilder fields={fields} onChange={setFields} problems={[]} refused={{}} open={open} onOpen={setOpen} />
}

const three = ['Account', 'Period', 'Reason'].map((label) => newField('TEXT', [], label))
const order = () => latest.map((field) => field.en)
const head = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) })

describe('the builder of fields', () => {
  it('moves a field by keyboard, keeps the focus at it, and tells its place', async () => {
    const user = userEvent.setup()
    draw(<Builder begin={three} />)
    head('Reason').focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(order()).toEqual(['Account', 'Reason', 'Period'])
    expect(screen.getByRole('status')).toHaveTextContent('Reason is now at place 2 of 3')
    await expect.poll(() => document.activeElement).toBe(head('Reason'))
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}')
    expect(order()).toEqual(['Reason', 'Account', 'Period'])
  })

  it('adds a field that is open at its label, and names it after what is typed', async () => {
    const user = userEvent.setup()
    draw(<Builder begin={[]} />)
    await user.click(within(screen.getByRole('group', { name: 'Add a field' })).getByRole('button', { name: 'Number' }))
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Label in English'))
    await user.keyboard('Amount in rupees')
    expect(latest).toMatchObject([{ kind: 'NUMBER', en: 'Amount in rupees', name: 'amount_in_rupees' }])
  })

  it('takes a field away and goes on at its neighbour', async () => {
    const user = userEvent.setup()
    draw(<Builder begin={three} />)
    await user.click(screen.getByRole('button', { name: 'Remove Period' }))
    expect(order()).toEqual(['Account', 'Reason'])
    await expect.poll(() => document.activeElement).toBe(head('Reason'))
  })
})
