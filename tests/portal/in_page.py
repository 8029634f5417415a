"""What the tests run inside a page. Nothing of it touches the portals' own code or takes part in the page's life."""

TELL_OF_POLICY = """
document.addEventListener('securitypolicyviolation', (event) => {
  const place = `${event.sourceFile || event.documentURI}:${event.lineNumber}`
  console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample} at ${place}`)
})
"""

AT_REST = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true })
  const moving = (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity
  return document.fonts.status === 'loaded'
    && [...document.querySelectorAll('h1')].some(shown)
    && !document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root')
    && !document.getAnimations().some(moving)
}"""

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

PREFER = """([language, scheme]) => {
  localStorage.setItem('lers-language', language)
  localStorage.setItem('lers-scheme', scheme)
}"""

SWITCH_SCHEME = """(scheme) => {
  localStorage.setItem('lers-scheme', scheme)
  window.dispatchEvent(new StorageEvent('storage', { key: 'lers-scheme', newValue: scheme, storageArea: localStorage }))
}"""

OVERFLOW = """() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const end = (one) => Math.round(one.getBoundingClientRect().right)
  const over = [...document.body.querySelectorAll('*')].filter((one) => end(one) > clientWidth)
  const name = (one) => `<${one.localName} class="${one.getAttribute('class') ?? ''}">`
  const named = over.slice(0, 5).map((one) => `${name(one)} ends at ${end(one)} px`)
  return [`the page is ${scrollWidth} px wide in a window of ${clientWidth}`, ...named]
}"""

HEADINGS = """() => [...document.querySelectorAll('h1')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => one.textContent.trim())"""

TEXTS = """() => {
  const found = new Set()
  const words = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const { parentElement, data } = words.currentNode
    if (parentElement && !parentElement.closest('script, style, [lang]:not(html)')) found.add(data.trim())
  }
  const named = '[aria-label], [placeholder], [title], [alt], [aria-description], [aria-roledescription]'
  for (const one of document.querySelectorAll(named)) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description', 'aria-roledescription']) {
      if (one.hasAttribute(name)) found.add(one.getAttribute(name).trim())
    }
  }
  return [...found].filter(Boolean)
}"""

# As another language might: half as long again, with tall letters, and words that must wrap.
STRETCH = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const kept = 'script, style, svg, code, kbd, time, textarea, option, .l-visually-hidden, [class*="hash" i]'
  const longer = (word) => word.includes('Ẁ') ? word : word + 'Ẁÿ'.repeat(Math.ceil(word.length / 4))
  while (words.nextNode()) {
    const { parentElement, data } = words.currentNode
    if (!data.trim() || parentElement.closest(kept)) continue
    words.currentNode.data = data.replace(/\\p{L}{3,}/gu, longer)
  }
}"""

CLIPPED = """() => {
  const cut = (one, style) =>
    (style.overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1 && style.textOverflow !== 'ellipsis')
    || (style.overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1 && style.webkitLineClamp === 'none')
  const scrolls = (style) => [style.overflowX, style.overflowY].some((way) => way === 'auto' || way === 'scroll')
  const says = (one) => [...one.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim())
  return [...document.body.querySelectorAll('*')]
    .filter((one) => says(one) && !one.closest('.l-visually-hidden, svg'))
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => {
      const style = getComputedStyle(one)
      return style.overflow !== 'visible' && !scrolls(style) && style.clipPath === 'none' && cut(one, style)
    })
    .slice(0, 5)
    .map((one) => `<${one.localName} class="${one.getAttribute('class') ?? ''}"> cuts "${one.textContent}"`)
}"""

# What has the focus is in the window, under nothing else, and marked; a radio that is drawn by its label, with that.
FOCUS_IS_SEEN = """() => {
  const one = document.activeElement
  const drawn = one.closest('label') ?? one
  const { left, top, width, height } = drawn.getBoundingClientRect()
  const said = `<${one.localName} class="${one.className}"> "${one.textContent.slice(0, 40)}"`
  const hit = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20))
  if (!hit || !(drawn.contains(hit) || hit.contains(drawn))) return `${said} is under ${hit?.outerHTML.slice(0, 120)}`
  if (one.matches('input, textarea, select')) return true
  const marked = [one, drawn].map((each) => getComputedStyle(each)).some((style) =>
    style.outlineStyle !== 'none' || style.boxShadow !== 'none')
  return marked || `${said} has no mark`
}"""
