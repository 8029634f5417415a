/** Whether Enter sends or begins a line: a habit of this device's user. */
import { useState } from 'react'

const KEY = 'lers-chat-enter'

export function useEnterSends(): [boolean, (sends: boolean) => void] {
  const [sends, setSends] = useState(() => localStorage.getItem(KEY) === 'sends')
  const choose = (next: boolean) => {
    setSends(next)
    if (next) localStorage.setItem(KEY, 'sends')
    else localStorage.removeItem(KEY)
  }
  return [sends, choose]
}
