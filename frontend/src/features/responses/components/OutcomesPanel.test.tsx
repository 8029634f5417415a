import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import type { LersRequest } from '~/features/requests/index.ts'
import { draw } from '~/testing/render.tsx'
import { bodyOf } from '../body.ts'
import { type Draft, EMPTY } from '../draft.ts'
import { OutcomesPanel } from './OutcomesPanel.tsx'

const identifier = (id: string, masked: string) => ({ id, masked, type: 'MSISDN', outcome: 'PENDING' })
const request = {
  id: 'q1',
  identifiers: [identifier('i1', '••01'), identifier('i2', '••02'), identifier('i3', '••03')],
  abilities: { read_identifiers: false },
} as unknown as LersRequest
const subject = { ids: ['i1', 'i2', 'i3'], open: ['i1', 'i2'] }

function setUp() {
  const kept: { draft: Draft } = { draft: EMPTY }
  function Held() {
    const [draft, setDraft] = useState<Draft>(EMPTY)
    kept.draft = draft
    return (
      <OutcomesPanel
        request={request}
        draft={draft}
        change={(found) => setDraft((now) => ({ ...now, ...(typeof found === 'function' ? found(now) : found) }))}
        subject={subject}
        before={new Map([['i3', { outcome: 'DISCLOSED', number: 'R1' }]])}
        lacking={new Set()}
      />
    )
  }
  draw(<Held />)
  return () => bodyOf(kept.draft, subject).outcomes.map((each) => Object.values(each).join(' '))
}

const row = (masked: string) => within(screen.getByRole('group', { name: new RegExp(masked) }))

describe('OutcomesPanel', () => {
  it('gives all that is open the same outcome in one step, and leaves alone what stands', async () => {
    const sent = setUp()
    await userEvent.click(row('••02').getByRole('radio', { name: 'No data' }))
    await userEvent.click(screen.getByRole('button', { name: /The rest disclosed|All disclosed/ }))
    expect(sent()).toEqual(['i1 DISCLOSED ', 'i2 NO_DATA '])
    expect(screen.getByText('Every identifier has its answer.')).toBeInTheDocument()
  })

  it('asks for a reason where one belongs, and offers those that fit', async () => {
    const sent = setUp()
    await userEvent.click(row('••01').getByRole('radio', { name: 'Refused' }))
    const reason = screen.getByRole('combobox', { name: 'Reason for ••01' })
    expect(reason).toBeRequired()
    await userEvent.selectOptions(reason, 'OVERBROAD')
    expect(sent()).toEqual(['i1 REJECTED OVERBROAD'])
    await userEvent.click(row('••01').getByRole('radio', { name: 'Disclosed' }))
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(sent()).toEqual(['i1 DISCLOSED '])
  })

  it('goes through the outcomes with the arrow keys', async () => {
    const sent = setUp()
    row('••01').getByRole('radio', { name: 'Disclosed' }).focus()
    await userEvent.keyboard(' {ArrowRight}{ArrowRight}')
    expect(sent()).toEqual(['i1 NO_DATA '])
  })

  it('lets an earlier answer be changed, and be left as it was', async () => {
    const sent = setUp()
    expect(screen.getByText(/Answered in R1: Disclosed/)).toBeInTheDocument()
    await userEvent.click(row('••03').getByRole('radio', { name: 'Invalid' }))
    expect(sent()).toEqual(['i3 INVALID '])
    await userEvent.click(screen.getByRole('button', { name: 'Leave as it was' }))
    expect(sent()).toEqual([])
  })
})
