/** What each step of a verification looks at, and what it can find, in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StepName } from '~/crypto/index.ts'
import type { Tone } from '~/domain/status.ts'
import type { Found, Judgement } from '../verdicts.ts'

export const STEP_WORDS: Record<Exclude<StepName, 'file'>, MessageDescriptor> = {
  manifest: msg`The manifest is readable`,
  hash: msg`Its SHA-256 is the one told`,
  seal: msg`The seal of LERS`,
  signature: msg`The sender's signature`,
  text: msg`The text of the answer`,
  remarks: msg`The remarks`,
  outcomes: msg`The outcomes`,
  files: msg`The list of files`,
}

type Verdict = Exclude<Found, null>

export const FOUND_WORDS: Record<Verdict, MessageDescriptor> = {
  valid: msg`Fits`,
  altered: msg`Does not fit`,
  missing: msg`Missing`,
  unknown_key: msg`Key unknown`,
  absent: msg`None given`,
  unread: msg`Could not be read`,
  told: msg`See the reasons`,
}

export const FOUND_TONE: Record<Verdict, Tone> = {
  valid: 'good',
  altered: 'bad',
  missing: 'bad',
  unknown_key: 'warn',
  absent: 'quiet',
  unread: 'warn',
  told: 'bad',
}

export const JUDGEMENT_WORDS: Record<Judgement, { title: MessageDescriptor; text: MessageDescriptor }> = {
  waiting: {
    title: msg`The manifest is being checked`,
    text: msg`Its seal and signature are checked in this browser.`,
  },
  light: {
    title: msg`The manifest is as it was sealed`,
    text: msg`Its seal and all it lists fit. The files have not been read again yet: verify them before you decide.`,
  },
  whole: {
    title: msg`Everything is as it was sealed`,
    text: msg`This browser and the server each read every byte again, and both found the same as at the time of sending.`,
  },
  unsure: {
    title: msg`Not everything could be checked`,
    text: msg`Nothing was found to be changed, but a step could not be taken. See below which one.`,
  },
  bad: {
    title: msg`This is not what was sent`,
    text: msg`Something was changed or is gone since the response was sealed. Do not use it as evidence.`,
  },
}
