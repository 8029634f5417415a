import { act, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { draw } from '~/testing/render.tsx'
import { DataTable, type DataTableProps } from './DataTable.tsx'
import type { Column } from './types.ts'

interface Case {
  id: string
  days: number | null
}

const columns: Column<Case>[] = [
  { id: 'number', header: 'Number', cell: (row) => row.id, sort: true, value: (row) => row.id },
  { id: 'days', header: 'Days', cell: (row) => row.days ?? '–', sort: true, value: (row) => row.days },
  { id: 'wide', header: 'Wide', cell: () => 'wide', from: 90 },
]
const rows: Case[] = [
  { id: 'B', days: 2 },
  { id: 'A', days: null },
  { id: 'C', days: 10 },
]
const rowId = (row: Case) => row.id

function Table(props: Partial<DataTableProps<Case>>) {
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  return (
    <>
      <DataTable
        label="Cases"
        columns={columns}
        rows={rows}
        rowId={rowId}
        {...props}
        {...{ selection }}
        onSelection={setSelection}
      />
      <output aria-label="chosen">{[...selection].join(' ')}</output>
    </>
  )
}

const shown = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[1]?.textContent)

describe('DataTable', () => {
  it('goes by j and k with the focus, opens with Enter and looks with Space', async () => {
    const [onOpen, onPeek] = [vi.fn(), vi.fn()]
    draw(<Table onOpen={onOpen} onPeek={onPeek} />)
    await userEvent.keyboard('jj')
    expect(screen.getAllByRole('row')[2]).toHaveFocus()
    await userEvent.keyboard('k{Enter}')
    expect(onOpen.mock.calls).toEqual([[rows[0]]])
    await userEvent.keyboard('{ArrowDown} ')
    expect(onPeek.mock.calls).toEqual([[rows[1]]])
  })

  it('chooses with x, a range with Shift and a click, and all', async () => {
    const user = userEvent.setup()
    draw(<Table />)
    await user.keyboard('jx')
    expect(screen.getByLabelText('chosen')).toHaveTextContent('B')
    await user.keyboard('{Shift>}')
    await user.click(screen.getByLabelText('Choose C'))
    await user.keyboard('{/Shift}')
    expect(screen.getByLabelText('chosen')).toHaveTextContent('B A C')
    await user.click(screen.getByLabelText('Choose all rows'))
    expect(screen.getByLabelText('chosen')).toBeEmptyDOMElement()
  })

  it('does not choose what may not be chosen', async () => {
    draw(<Table selectable={(row) => row.id !== 'A'} />)
    expect(screen.getByLabelText('Choose A')).toBeDisabled()
    await userEvent.click(screen.getByLabelText('Choose all rows'))
    expect(screen.getByLabelText('chosen')).toHaveTextContent('B C')
  })

  it('sorts what it has, with missing values last both ways', async () => {
    draw(<Table />)
    await userEvent.click(screen.getByRole('button', { name: 'Days' }))
    expect(shown()).toEqual(['B', 'C', 'A'])
    await userEvent.click(screen.getByRole('button', { name: 'Days' }))
    expect(shown()).toEqual(['C', 'B', 'A'])
    expect(screen.getByRole('columnheader', { name: 'Days' })).toHaveAttribute('aria-sort', 'descending')
  })

  it('asks the server for an order where that sorts, and leaves the rows as they came', async () => {
    const onSort = vi.fn()
    draw(<Table onSort={onSort} sort={{ id: 'days', descending: false }} />)
    await userEvent.click(screen.getByRole('button', { name: 'Days' }))
    expect(onSort).toHaveBeenCalledWith({ id: 'days', descending: true })
    expect(shown()).toEqual(['B', 'A', 'C'])
  })

  it('draws few of many rows, and all of them for paper', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ id: String(at), days: at }))
    draw(<Table rows={many} />)
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect(screen.getAllByRole('row')).toHaveLength(501)
    act(() => void window.dispatchEvent(new Event('afterprint')))
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
  })

  it('asks for more when the end is near, once a time', () => {
    const onEnd = vi.fn()
    draw(<Table hasMore onEnd={onEnd} />)
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  it('leaves out columns that have no room, and heads groups with their size', () => {
    draw(
      <Table
        groupOf={(row) => (row.days === null ? 'open' : 'done')}
        groupHead={(group, count) => `${group}: ${count}`}
      />,
    )
    expect(screen.queryByText('Wide')).toBeNull()
    expect(screen.getByText('done: 2')).toBeInTheDocument()
  })

  it('says what is the matter when there is nothing', () => {
    draw(<Table rows={[]} empty={<p>Nothing matches</p>} />)
    expect(screen.getByText('Nothing matches')).toBeInTheDocument()
    expect(screen.queryByRole('table')).toBeNull()
  })
})
