/** `PdfPreview` whose code is fetched when the first document opens. */
import { lazy, Suspense } from 'react'
import { Loading } from '~/ui/index.ts'

const Loaded = lazy(() => import('./PdfPreview.tsx'))

export function PdfPreview({ blob, name }: { blob: Blob; name: string }) {
  return (
    <Suspense fallback={<Loading lines={8} />}>
      <Loaded blob={blob} name={name} />
    </Suspense>
  )
}
