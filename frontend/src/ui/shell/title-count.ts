/** The number of unread notifications before the title of the browser's tab, whatever page sets the title. */
import { useEffect } from 'react'
import { shortCount } from './counts.ts'

const NUMBER = /^\(\d+\+?\) /

export const titled = (title: string, count: number): string =>
  `${count > 0 ? `(${shortCount(count)}) ` : ''}${title.replace(NUMBER, '')}`

export function useTitleCount(count: number): void {
  useEffect(() => {
    const write = () => {
      const wanted = titled(document.title, count)
      if (wanted !== document.title) document.title = wanted
    }
    write()
    const observer = new MutationObserver(write)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      document.title = titled(document.title, 0)
    }
  }, [count])
}
