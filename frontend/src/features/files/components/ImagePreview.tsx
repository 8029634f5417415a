/** A picture, as wide as there is room. */
import { useEffect, useState } from 'react'
import css from './files.module.css'

export function ImagePreview({ blob, name, mediaType }: { blob: Blob; name: string; mediaType: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type: mediaType }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, mediaType])
  return (
    <div className={css.viewer}>
      <div className={css.paper}>{url && <img src={url} alt={name} />}</div>
    </div>
  )
}
