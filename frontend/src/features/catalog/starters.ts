/** Items that a provider may begin from, when it has none yet: what is asked for most, each to be made its own. */
import { fieldsFrom } from './fields.ts'
import { EMPTY_ITEM, type ItemForm } from './item-form.ts'

const identifier = (name: string, en: string, hi: string, ...types: string[]) => ({
  name,
  label: { en, hi },
  kind: 'IDENTIFIER',
  required: true,
  identifier_types: types,
})
const period = (maxDays: number) => ({
  name: 'period',
  label: { en: 'Period', hi: 'अवधि' },
  kind: 'PERIOD',
  required: true,
  max_days: maxDays,
})

export interface Starter {
  id: string
  form: ItemForm
}

const starter = (id: string, fields: readonly object[], form: Partial<ItemForm>): Starter => ({
  id,
  form: { ...EMPTY_ITEM, ...form, fields: fieldsFrom(fields) },
})

/** Fresh each time: two items never share a field. */
export const starters = (): Starter[] => [
  starter('subscriber', [identifier('number', 'Mobile number', 'मोबाइल नंबर', 'MSISDN')], {
    name: 'Subscriber details',
    description: 'Subscriber data with the customer application form and the KYC documents.',
    category: 'Subscriber',
    requestType: 'SUBSCRIBER_INFO',
    hours: 24,
    urgent: 4,
    critical: 2,
    format: 'PDF',
  }),
  starter('cdr', [identifier('number', 'Mobile number', 'मोबाइल नंबर', 'MSISDN'), period(730)], {
    name: 'Call detail records',
    description: 'Call detail records of one mobile number for a period.',
    category: 'Call records',
    requestType: 'CDR',
    hours: 48,
    urgent: 8,
    critical: 4,
    courtOrder: true,
    format: 'CSV',
    output: 'One line a call or message: parties, start, duration, cell, IMEI, IMSI.',
  }),
  starter('statement', [identifier('account', 'Account number', 'खाता संख्या', 'BANK_ACCOUNT'), period(365)], {
    name: 'Account statement',
    description: "Statement of an account with the certificate under the Bankers' Books Evidence Act.",
    category: 'Account',
    requestType: 'BANK_STATEMENT',
    hours: 72,
    urgent: 24,
    critical: 8,
    format: 'CSV',
  }),
  starter('kyc', [identifier('account', 'Account number', 'खाता संख्या', 'BANK_ACCOUNT')], {
    name: 'Account opening form and KYC',
    description: 'Account opening form, KYC documents and signatories.',
    category: 'Account',
    requestType: 'KYC',
    hours: 72,
    urgent: 24,
    critical: 8,
    businessHours: true,
    format: 'PDF',
  }),
  starter('logins', [identifier('account', 'Account', 'खाता', 'HANDLE', 'EMAIL', 'MSISDN'), period(180)], {
    name: 'Login IP log',
    description: 'Addresses and times of sign-ins to an account.',
    category: 'Traffic',
    requestType: 'LOGIN_LOGS',
    hours: 72,
    urgent: 24,
    critical: 6,
    format: 'CSV',
  }),
  starter('preservation', [identifier('account', 'Account', 'खाता', 'HANDLE', 'EMAIL', 'MSISDN')], {
    name: 'Preservation',
    description: 'Keep what there is for 180 days while a mandate is prepared.',
    category: 'Preservation',
    requestType: 'PRESERVATION',
    hours: 24,
    urgent: 8,
    critical: 4,
    mandate: null,
    mandateFile: false,
    format: 'PDF',
  }),
]

export const starterForm = (id: string): ItemForm | null => starters().find((each) => each.id === id)?.form ?? null
