/** A PDF page by page: keys, zoom, and a picture of the page. Nothing in the document runs. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconFileAlert, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { formatNumber, formatPercent } from '~/i18n/index.ts'
import { EmptyState, Loading } from '~/ui/index.ts'
import { drawPage, openPdf, type PDFDocumentProxy, type PdfFault, pdfFaultOf } from '../pdf.ts'
import { type Zoom, zoomed } from '../zoom.ts'
import css from './files.module.css'

interface PdfPreviewProps {
  blob: Blob
  name: string
}

/** Loaded lazily: import LazyPdfPreview.tsx instead. */
export default function PdfPreview({ blob, name }: PdfPreviewProps) {
  const { document, fault } = usePdf(blob)
  if (fault === 'password') {
    return (
      <Broken title={<Trans>The PDF is protected by a password</Trans>}>
        <Trans>Download it, and open it with its password. For a request, bring it again without one.</Trans>
      </Broken>
    )
  }
  if (fault === 'damaged') {
    return (
      <Broken title={<Trans>The PDF cannot be shown</Trans>}>
        <Trans>It may be damaged. Download it to try another program.</Trans>
      </Broken>
    )
  }
  return document ? <Viewer document={document} name={name} /> : <Loading lines={8} />
}

function Broken({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <EmptyState icon={<IconFileAlert size={22} />} title={title}>
      {children}
    </EmptyState>
  )
}

function usePdf(blob: Blob): { document?: PDFDocumentProxy; fault?: PdfFault } {
  const [state, setState] = useState<{ document?: PDFDocumentProxy; fault?: PdfFault }>({})
  useEffect(() => {
    let gone = false
    let close: (() => void) | undefined
    void blob
      .arrayBuffer()
      .then((bytes) => {
        if (gone) return null
        const task = openPdf(bytes)
        close = () => void task.destroy()
        return task.promise
      })
      .then((document) => document && !gone && setState({ document }))
      .catch((error: unknown) => !gone && setState({ fault: pdfFaultOf(error) }))
    return () => {
      gone = true
      close?.()
      setState({})
    }
  }, [blob])
  return state
}

function Viewer({ document, name }: { document: PDFDocumentProxy; name: string }) {
  const { t } = useLingui()
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState<Zoom>('fit')
  const paper = useRef<HTMLElement>(null)
  const { canvas, scale } = useDrawing(document, page, zoom, paper)
  const pages = document.numPages
  const go = (to: number) => {
    setPage(Math.min(pages, Math.max(1, to)))
    paper.current?.scrollTo({ top: 0 })
  }
  const keys: Record<string, () => void> = {
    PageDown: () => go(page + 1),
    PageUp: () => go(page - 1),
    ArrowRight: () => go(page + 1),
    ArrowLeft: () => go(page - 1),
    Home: () => go(1),
    End: () => go(pages),
    '+': () => setZoom(zoomed(scale, 1)),
    '=': () => setZoom(zoomed(scale, 1)),
    '-': () => setZoom(zoomed(scale, -1)),
    '0': () => setZoom('fit'),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  return (
    <div className={css.viewer}>
      <Toolbar page={page} pages={pages} scale={scale} zoom={zoom} onPage={go} onZoom={setZoom} />
      <section
        ref={paper}
        className={css.paper}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label={t`Pages of ${name}. Arrow keys turn the page, plus and minus change the size.`}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} role="img" aria-label={t`Page ${page} of ${pages}`} />
      </section>
    </div>
  )
}

interface ToolbarProps {
  page: number
  pages: number
  scale: number
  zoom: Zoom
  onPage: (page: number) => void
  onZoom: (zoom: Zoom) => void
}

function Toolbar({ page, pages, scale, zoom, onPage, onZoom }: ToolbarProps) {
  const { t } = useLingui()
  return (
    <div className={css.toolbar}>
      <span className={css.toolbarGroup}>
        <ActionIcon onClick={() => onPage(page - 1)} disabled={page === 1} aria-label={t`Page before`}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <span role="status">
          <Trans>
            Page {formatNumber(page)} of {formatNumber(pages)}
          </Trans>
        </span>
        <ActionIcon onClick={() => onPage(page + 1)} disabled={page === pages} aria-label={t`Next page`}>
          <IconChevronRight size={18} />
        </ActionIcon>
      </span>
      <span className={`${css.toolbarGroup} ${css.spread}`}>
        <ActionIcon onClick={() => onZoom(zoomed(scale, -1))} aria-label={t`Smaller`}>
          <IconZoomOut size={18} />
        </ActionIcon>
        <span>{formatPercent(scale * 100)}</span>
        <ActionIcon onClick={() => onZoom(zoomed(scale, 1))} aria-label={t`Larger`}>
          <IconZoomIn size={18} />
        </ActionIcon>
        <Button size="compact-xs" variant="subtle" aria-pressed={zoom === 'fit'} onClick={() => onZoom('fit')}>
          <Trans>Fit</Trans>
        </Button>
      </span>
    </div>
  )
}

/** Draws the page anew when it, the size or the room for it changes. */
function useDrawing(document: PDFDocumentProxy, page: number, zoom: Zoom, paper: { current: HTMLElement | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const [scale, setScale] = useState(1)
  useEffect(() => {
    const box = paper.current
    if (!box) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(box)
    return () => observer.disconnect()
  }, [paper])
  useEffect(() => {
    const target = canvas.current
    if (!target || width === 0) return
    const stop = new AbortController()
    drawPage(document, page, target, zoom, width, stop.signal).then(setScale, () => undefined)
    return () => stop.abort()
  }, [document, page, zoom, width])
  return { canvas, scale }
}
