/** States and countries by which holidays are counted, in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { COUNTRIES, type StateCode } from './places.ts'

const STATES: Record<StateCode, MessageDescriptor> = {
  AN: msg`Andaman and Nicobar Islands`,
  AP: msg`Andhra Pradesh`,
  AR: msg`Arunachal Pradesh`,
  AS: msg`Assam`,
  BR: msg`Bihar`,
  CH: msg`Chandigarh`,
  CG: msg`Chhattisgarh`,
  DH: msg`Dadra and Nagar Haveli and Daman and Diu`,
  DL: msg`Delhi`,
  GA: msg`Goa`,
  GJ: msg`Gujarat`,
  HR: msg`Haryana`,
  HP: msg`Himachal Pradesh`,
  JK: msg`Jammu and Kashmir`,
  JH: msg`Jharkhand`,
  KA: msg`Karnataka`,
  KL: msg`Kerala`,
  LA: msg`Ladakh`,
  LD: msg`Lakshadweep`,
  MP: msg`Madhya Pradesh`,
  MH: msg`Maharashtra`,
  MN: msg`Manipur`,
  ML: msg`Meghalaya`,
  MZ: msg`Mizoram`,
  NL: msg`Nagaland`,
  OD: msg`Odisha`,
  PY: msg`Puducherry`,
  PB: msg`Punjab`,
  RJ: msg`Rajasthan`,
  SK: msg`Sikkim`,
  TN: msg`Tamil Nadu`,
  TS: msg`Telangana`,
  TR: msg`Tripura`,
  UP: msg`Uttar Pradesh`,
  UK: msg`Uttarakhand`,
  WB: msg`West Bengal`,
}

export interface Place {
  value: string
  label: string
}

/** The choices, with what is kept now among them even if it is none of ours. */
export function usePlaces(country: string | null, state: string | null) {
  const { i18n } = useLingui()
  const names = new Intl.DisplayNames([i18n.locale === 'hi' ? 'hi-IN' : 'en-IN'], { type: 'region' })
  const withKept = (list: Place[], kept: string | null): Place[] =>
    kept && !list.some(({ value }) => value === kept) ? [...list, { value: kept, label: kept }] : list
  const states = Object.entries(STATES).map(([value, name]) => ({ value, label: i18n._(name) }))
  return {
    countries: withKept(
      COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })),
      country,
    ),
    states: withKept(
      country === 'IN' ? states.sort((one, other) => one.label.localeCompare(other.label)) : [],
      country === 'IN' || country === null ? null : state,
    ),
    placeName: (): string | null => {
      if (!country) return null
      const region = names.of(country) ?? country
      if (!state) return region
      const found = STATES[state as StateCode]
      return `${found && country === 'IN' ? i18n._(found) : state}, ${region}`
    },
  }
}
