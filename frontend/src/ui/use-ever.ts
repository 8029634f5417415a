/** Whether a condition has ever been true here: what is lazy loads then, and stays for its way out. */
import { useState } from 'react'

export function useEver(condition: boolean): boolean {
  const [ever, setEver] = useState(condition)
  if (condition && !ever) setEver(true)
  return ever || condition
}
