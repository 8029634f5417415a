/** A picture, as wide as there is room. */
import { useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import css from './files.module.css'

export function ImagePreview({ blob, name, mediaType }: { blob: Blob; name: string; mediaType: string }) {
  const { t } = useLingui()
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type: mediaType }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, mediaType])
  return (
    <div className={css.viewer}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.paper} tabIndex={0} aria-label={t`Picture ${name}`}>
        {url && <img src={url} alt={name} />}
      </section>
    </div>
  )
}
