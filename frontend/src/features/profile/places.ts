/** By which holidays are counted, and the time zones in use. Codes of states are those of ISO 3166-2:IN. */
export type StateCode =
  | 'AN'
  | 'AP'
  | 'AR'
  | 'AS'
  | 'BR'
  | 'CH'
  | 'CG'
  | 'DH'
  | 'DL'
  | 'GA'
  | 'GJ'
  | 'HR'
  | 'HP'
  | 'JK'
  | 'JH'
  | 'KA'
  | 'KL'
  | 'LA'
  | 'LD'
  | 'MP'
  | 'MH'
  | 'MN'
  | 'ML'
  | 'MZ'
  | 'NL'
  | 'OD'
  | 'PY'
  | 'PB'
  | 'RJ'
  | 'SK'
  | 'TN'
  | 'TS'
  | 'TR'
  | 'UP'
  | 'UK'
  | 'WB'
export const COUNTRIES = ['IN', 'US', 'GB', 'IE', 'SG', 'AE', 'DE', 'NL'] as const
export const TIME_ZONES = [
  'Asia/Kolkata',
  'UTC',
  'Asia/Singapore',
  'Asia/Dubai',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
] as const
