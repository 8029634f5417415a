/** What jsdom lacks of a browser, and English words for every component under test. */
import '@testing-library/jest-dom/vitest'
import { i18n } from '@lingui/core'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, { ResizeObserver: Observer, IntersectionObserver: Observer })
Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }),
})
// The virtualiser asks for sizes, and jsdom lays nothing out.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 600 })
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1000 })
// Fields that grow with their text measure it anew when a font has come.
Object.defineProperty(document, 'fonts', { configurable: true, writable: true, value: new EventTarget() })
Element.prototype.scrollIntoView = () => undefined

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  document.body.insertAdjacentHTML('beforeend', '<section id="overlays"></section>')
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})
