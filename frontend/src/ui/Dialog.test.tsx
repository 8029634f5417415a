import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { draw } from '~/testing/render.tsx'
import { Dialog } from './Dialog.tsx'

function Opener() {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Open
      </button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title="A dialog">
        <input aria-label="Field" data-autofocus />
      </Dialog>
    </>
  )
}

it('gives the focus back to what opened it, also the first time', async () => {
  draw(<Opener />)
  for (const time of ['first', 'second']) {
    await userEvent.click(screen.getByRole('button', { name: 'Open' }))
    const field = await screen.findByLabelText('Field')
    await waitFor(() => expect(field, time).toHaveFocus())
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Open' }), time).toHaveFocus())
  }
})
