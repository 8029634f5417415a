import { expect, it } from 'vitest'
import { DIALOG_STEPS } from '../steps.ts'
import { bodyOf, EMPTY_FORM, fieldId, missing, textRequired, wizardStepOf } from './step-form.ts'

it('names the text as each step of the API does', () => {
  const form = { ...EMPTY_FORM, text: '  because  ' }
  expect(bodyOf('request_info', form)).toEqual({ message: 'because' })
  expect(bodyOf('reject', form)).toEqual({ reason: 'because' })
  expect(bodyOf('request_changes', form)).toEqual({ comments: 'because' })
  expect(bodyOf('acknowledge', form)).toEqual({})
})

it('sends what a step asks beside its text', () => {
  expect(bodyOf('assign', { ...EMPTY_FORM, userId: 'u1' })).toEqual({ user_id: 'u1' })
  expect(bodyOf('request_extension', { ...EMPTY_FORM, hours: '12', text: 'x' })).toEqual({ hours: 12, reason: 'x' })
  expect(bodyOf('grant_extension', { ...EMPTY_FORM, granted: 'no' })).toEqual({ granted: false })
  expect(bodyOf('decline', { ...EMPTY_FORM, reasonCode: 'OVERBROAD', text: 'x' })).toEqual({
    reason_code: 'OVERBROAD',
    reason: 'x',
  })
})

it('leaves an empty text out where none is needed', () => {
  expect(bodyOf('cancel', EMPTY_FORM)).toEqual({})
  expect(missing('cancel', EMPTY_FORM)).toEqual([])
})

it('asks for everything that the API would refuse without', () => {
  expect(missing('assign', EMPTY_FORM)).toEqual(['userId'])
  expect(missing('decline', EMPTY_FORM)).toEqual(['reasonCode', 'text'])
  expect(missing('request_extension', { ...EMPTY_FORM, hours: 0, text: 'x' })).toEqual(['hours'])
  expect(missing('grant_extension', EMPTY_FORM)).toEqual(['granted'])
  for (const step of DIALOG_STEPS.filter(textRequired)) {
    expect(missing(step, { ...EMPTY_FORM, text: '   ' })).toContain('text')
  }
})

it('finds the control of a field that the API complains about', () => {
  expect(fieldId('message')).toBe('step-text')
  expect(fieldId('unknown')).toBeUndefined()
})

it('leads to the step of the wizard where a problem is mended', () => {
  expect(wizardStepOf('identifiers.0.value')).toBe('identifiers')
  expect(wizardStepOf('date_range_from')).toBe('period')
  expect(wizardStepOf('legal_mandate_file_id')).toBe('mandate')
  expect(wizardStepOf('answers.atm')).toBe('what')
})
