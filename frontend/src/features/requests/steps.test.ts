import { describe, expect, it } from 'vitest'
import { isPageStep, offer, openMatters, pageOf } from './steps.ts'

const can = (...names: string[]) => Object.fromEntries(names.map((name) => [name, true]))

describe('the step to take', () => {
  it('is completing a draft while something is missing, and sending it when nothing is', () => {
    const abilities = can('update', 'submit_for_approval', 'cancel', 'delete')
    const lacking = offer({ status: 'DRAFT', abilities, problems: [{}] })
    expect(lacking.primary).toBe('update')
    expect(lacking.others[0]).toBe('submit_for_approval')
    expect(offer({ status: 'DRAFT', abilities, problems: [] }).primary).toBe('submit_for_approval')
  })

  it('follows the abilities alone', () => {
    expect(offer({ status: 'SUBMITTED', abilities: {} })).toEqual({ primary: null, others: [] })
    expect(offer({ status: 'DRAFT', abilities: can('acknowledge') }).primary).toBe('acknowledge')
  })

  it('is never one that ends the request', () => {
    const { primary, others } = offer({ status: 'IN_PROGRESS', abilities: can('withdraw') })
    expect(primary).toBeNull()
    expect(others).toEqual(['withdraw'])
  })

  it('puts what ends the request last', () => {
    const { primary, others } = offer({
      status: 'IN_PROGRESS',
      abilities: can('decline', 'assign', 'respond', 'request_info', 'challenge', 'request_extension'),
    })
    expect(primary).toBe('respond')
    expect(others).toEqual(['assign', 'request_info', 'request_extension', 'challenge', 'decline'])
  })

  it('answers a wish for more time only while there is one, and lets no second be made', () => {
    const officer = { status: 'IN_PROGRESS', abilities: can('grant_extension', 'withdraw') }
    expect(offer(officer).primary).toBeNull()
    expect(offer(officer, { extensionAsked: true }).primary).toBe('grant_extension')
    const provider = { status: 'IN_PROGRESS', abilities: can('request_extension') }
    expect(offer(provider).others).toEqual(['request_extension'])
    expect(offer(provider, { extensionAsked: true }).others).toEqual([])
  })

  it('is answering a question, for those who write and did not ask', () => {
    const officer = { status: 'IN_PROGRESS', abilities: can('chat_write', 'withdraw') }
    expect(offer(officer).primary).toBeNull()
    expect(offer(officer, { questionAsked: true }).primary).toBe('answer')
    const provider = { status: 'IN_PROGRESS', abilities: can('chat_write', 'request_info', 'respond') }
    expect(offer(provider, { questionAsked: true }).primary).toBe('respond')
  })

  it('leads to the response that waits for review', () => {
    const request = { status: 'RESPONSE_UPLOADED', abilities: can('review_response') }
    expect(offer(request).primary).toBeNull()
    expect(offer(request, { responseToReview: 'r1' }).primary).toBe('review_response')
    expect(pageOf('review_response', 'q', { responseToReview: 'r1' })).toBe('/responses/r1')
  })
})

describe('open matters', () => {
  const ledger = (...entries: [string, string][]) => entries.map(([kind, reason]) => ({ kind, reason, at: '' }))

  it('sees a doubt that holds the clock, and not one that was confirmed', () => {
    const asked = { extensions: [], paused_at: '2026-11-20T00:00:00Z' }
    const doubted = ledger(['START', ''], ['PAUSE', 'REQUEST_INFO'], ['PAUSE', 'CHALLENGE'], ['RESUME', 'REQUEST_INFO'])
    expect(openMatters({ ...asked, ledger: doubted }, [])).toMatchObject({ challenged: true, questionAsked: false })
    const confirmed = [...doubted, ...ledger(['RESUME', 'CHALLENGE'])]
    expect(openMatters({ ...asked, ledger: confirmed }, []).challenged).toBe(false)
  })

  it('sees a wish for more time until it is decided', () => {
    const wish = { asked_at: '', hours: 12, reason: 'archive' }
    const sla = { ledger: [], paused_at: null }
    expect(openMatters({ ...sla, extensions: [wish] }, []).extensionAsked).toBe(true)
    expect(openMatters({ ...sla, extensions: [{ ...wish, granted: false }] }, []).extensionAsked).toBe(false)
    expect(openMatters(undefined, undefined)).toEqual({
      extensionAsked: false,
      questionAsked: false,
      challenged: false,
      responseToReview: null,
    })
  })
})

it('knows which steps have a screen of their own', () => {
  expect(isPageStep('respond')).toBe(true)
  expect(isPageStep('reject')).toBe(false)
})
