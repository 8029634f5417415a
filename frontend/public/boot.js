// Before the first paint: the language and the colour scheme that this browser chose last. A file, as the content
// security policy allows no inline script.
;(() => {
  const root = document.documentElement
  let language = null
  let scheme = null
  try {
    language = localStorage.getItem('lers-language')
    scheme = localStorage.getItem('lers-scheme')
  } catch {
    // Storage may be refused: the browser's own preferences are used.
  }
  const spoken = (language ?? navigator.language ?? 'en').slice(0, 2)
  root.lang = spoken === 'hi' ? 'hi' : 'en'
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light'
})()
