/** Walking through the steps: where the officer has been, and when what is missing is told. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { keys } from '~/api/index.ts'
import type { DraftOut } from './draft.ts'
import type { RequiredField } from './required-fields.ts'
import { STEPS, type Step } from './search.ts'
import { type DraftProblem, neighbour, problemsAt } from './steps.ts'

interface Walk {
  seen: ReadonlySet<Step>
  /** Steps whose problems are shown: nobody is told off for what they have not come to yet. */
  asked: ReadonlySet<Step>
  /** Counts the tries to leave a step or to send: each puts the summary of errors in focus again. */
  tries: number
  /** On to the next step; the first time something is missing, it is told instead. */
  goNext: (anyway?: boolean) => Promise<void>
  goBack: () => void
  tell: (step: Step) => void
}

interface Options {
  fields: readonly RequiredField[]
  flush: () => Promise<boolean>
}

const isScan = ({ code }: DraftProblem): boolean => code === 'file_not_clean'

export function useWalk(request: DraftOut, step: Step, { fields, flush }: Options): Walk {
  const navigate = useNavigate()
  const cache = useQueryClient()
  const resumed = request.version > 1
  const [seen, setSeen] = useState<ReadonlySet<Step>>(() => new Set(resumed ? STEPS : [step]))
  const [asked, setAsked] = useState<ReadonlySet<Step>>(
    () => new Set<Step>(request.first_sent_for_approval_at ? STEPS : ['check']),
  )
  const [tries, setTries] = useState(0)
  useEffect(() => setSeen((now) => (now.has(step) ? now : new Set([...now, step]))), [step])

  const go = (to: Step | null) => {
    if (!to) return
    void navigate({ to: '/requests/$requestId/edit', params: { requestId: request.id }, search: { step: to } })
  }
  const tell = (at: Step) => {
    setAsked((now) => new Set([...now, at]))
    setTries((now) => now + 1)
  }
  const goNext = async (anyway = false) => {
    const saved = await flush()
    const now = cache.getQueryData<DraftOut>(keys.requests.one(request.id)) ?? request
    const problems = problemsAt(now.problems ?? [], step, fields)
    // A scan ends by itself, and may have ended since the draft was read: nobody waits for it here.
    const scanning = problems.some(isScan)
    const open = problems.some((problem) => !isScan(problem))
    if (!anyway && (!saved || (open && !asked.has(step)))) return tell(step)
    if (scanning) void cache.invalidateQueries({ queryKey: keys.requests.one(request.id), exact: true })
    go(neighbour(step, 1))
  }
  const goBack = () => {
    void flush()
    go(neighbour(step, -1))
  }
  return { seen, asked, tries, goNext, goBack, tell }
}
