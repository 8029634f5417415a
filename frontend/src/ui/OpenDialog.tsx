/** The dialog itself, apart, so that it is loaded alone. */
import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'

/** It opens a moment after it is there: only an opening that it sees tells it where the focus has to return to. */
export default function OpenDialog({ opened, ...props }: ModalProps) {
  const [there, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  return <Modal {...props} opened={opened && there} />
}
