/** Files on their way to the server: checked, hashed, sent three at a time, and tried again on request. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type FileRow, isProblem, keys, type Purpose, uploadFile } from '~/api/index.ts'
import { hashFile } from '~/crypto/index.ts'
import { type FileFault, faultOf, HEAD_BYTES, mediaTypeOf } from './media.ts'

const PARALLEL = 3

export type UploadState = 'waiting' | 'checking' | 'sending' | 'refused' | 'failed'

export interface Upload {
  id: number
  name: string
  size: number
  state: UploadState
  sent: number
  sha256?: string
  fault?: FileFault
  error?: unknown
}

interface Job {
  id: number
  file: File
  stop: AbortController
}

interface Options {
  purpose: Purpose
  mostBytes: number
  onUploaded: (file: FileRow, sha256: string) => void
}

let lastId = 0

/** The uploads that are not through yet, and what can be done with them. */
export function useUploads({ purpose, mostBytes, onUploaded }: Options) {
  const client = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const jobs = useRef(new Map<number, Job>())
  const queue = useRef<Job[]>([])
  const running = useRef(0)
  const uploaded = useRef(onUploaded)
  uploaded.current = onUploaded

  const change = useCallback((id: number, found: Partial<Upload>) => {
    setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...found } : each)))
  }, [])
  const forget = useCallback((id: number) => {
    jobs.current.delete(id)
    setUploads((all) => all.filter((each) => each.id !== id))
  }, [])

  const send = useCallback(
    async ({ id, file, stop }: Job) => {
      change(id, { state: 'checking', sent: 0, error: undefined })
      try {
        const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
        const fault = faultOf(file, head, purpose, mostBytes)
        if (fault) return change(id, { state: 'refused', fault })
        const { sha256: hash } = await hashFile(file, { signal: stop.signal })
        change(id, { state: 'sending', sha256: hash })
        const named = new File([file], file.name, { type: mediaTypeOf(file.name) ?? file.type })
        const onProgress = (sent: number) => change(id, { sent })
        const row = await uploadFile({ file: named, purpose, onProgress, signal: stop.signal })
        client.setQueryData(keys.files.one(row.id), row)
        forget(id)
        uploaded.current(row, hash)
      } catch (error) {
        if (!stop.signal.aborted) change(id, { state: 'failed', error })
      }
    },
    [change, client, forget, mostBytes, purpose],
  )

  const work = useCallback(() => {
    while (running.current < PARALLEL) {
      const job = queue.current.shift()
      if (!job) return
      running.current += 1
      void send(job).finally(() => {
        running.current -= 1
        work()
      })
    }
  }, [send])

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): Job => {
        lastId += 1
        return { id: lastId, file, stop: new AbortController() }
      })
      for (const job of added) jobs.current.set(job.id, job)
      queue.current.push(...added)
      setUploads((all) => [
        ...all,
        ...added.map(({ id, file }): Upload => ({ id, name: file.name, size: file.size, state: 'waiting', sent: 0 })),
      ])
      work()
    },
    [work],
  )

  const retry = useCallback(
    (id: number) => {
      const job = jobs.current.get(id)
      if (!job) return
      queue.current.push(job)
      change(id, { state: 'waiting' })
      work()
    },
    [change, work],
  )

  const remove = useCallback(
    (id: number) => {
      jobs.current.get(id)?.stop.abort()
      queue.current = queue.current.filter((job) => job.id !== id)
      forget(id)
    },
    [forget],
  )

  useEffect(() => {
    const open = jobs.current
    return () => {
      for (const job of open.values()) job.stop.abort()
    }
  }, [])

  return { uploads, add, retry, remove }
}

/** A failure that the same bytes would meet again: there is nothing to retry. */
export const isFinal = (error: unknown): boolean => isProblem(error) && error.status >= 400 && error.status < 500
