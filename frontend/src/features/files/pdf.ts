/** pdf.js, in a worker from our own assets. Only what opens a PDF imports this file, and never statically. */
import { getDocument, type PDFDocumentLoadingTask, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { startWorker } from '~/crypto/index.ts'
import type { Zoom } from './zoom.ts'

export type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist'

let worker: PDFWorker | undefined

/** Open a document. `destroy` of the task lets it go again; the worker stays for the next one. */
export function openPdf(bytes: ArrayBuffer): PDFDocumentLoadingTask {
  if (!worker || worker.destroyed) worker = PDFWorker.create({ port: startWorker(workerUrl) })
  // No scripts, no forms, no WebAssembly: the content security policy allows none of them, and a mandate needs none.
  return getDocument({ data: bytes, worker, enableXfa: false, useWasm: false, stopAtErrors: false })
}

export type PdfFault = 'password' | 'damaged'

export const pdfFaultOf = (error: unknown): PdfFault =>
  error instanceof Error && error.name === 'PasswordException' ? 'password' : 'damaged'

/** Draw one page into a canvas, sharp on the screen that shows it; rejects when a newer drawing took its place. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  zoom: Zoom,
  width: number,
  signal: AbortSignal,
): Promise<number> {
  const page = await document.getPage(number)
  if (signal.aborted) throw new DOMException('superseded', 'AbortError')
  // 96 pixels an inch on the screen, 72 points an inch on paper.
  const natural = page.getViewport({ scale: 96 / 72 })
  const scale = zoom === 'fit' ? Math.min(3, Math.max(0.2, width / natural.width)) : zoom
  const sharpness = Math.min(2, globalThis.devicePixelRatio || 1)
  const viewport = page.getViewport({ scale: (96 / 72) * scale * sharpness })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  canvas.style.inlineSize = `${Math.floor(viewport.width / sharpness)}px`
  canvas.style.blockSize = `${Math.floor(viewport.height / sharpness)}px`
  const task = page.render({ canvas, viewport })
  const stop = () => task.cancel()
  signal.addEventListener('abort', stop, { once: true })
  await task.promise
  signal.removeEventListener('abort', stop)
  return scale
}
