/** IP addresses as text: what they are, and whether they are anybody's on the internet. */
function parseV4(text: string): number | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** The eight groups of an IPv6 address; null when it is none. */
function parseV6(text: string): number[] | null {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const v4 = embedded ? parseV4(embedded[2] ?? '') : null
  if (embedded && v4 === null) return null
  const plain = v4 === null ? text : `${embedded?.[1]}${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
  const [head = [], rest] = groups
  const missing = 8 - groups.flat().length
  if (rest === undefined ? missing !== 0 : missing < 1) return null
  const filled = rest === undefined ? head : [...head, ...Array<string>(missing).fill('0'), ...rest]
  return filled.map((group) => Number.parseInt(group, 16))
}

export type IpVerdict = 'ok' | 'form' | 'carrier' | 'private' | 'special'

const inside = (address: number, network: number, bits: number) => address >>> (32 - bits) === network >>> (32 - bits)
const v4 = (text: string) => parseV4(text) ?? 0

function judgeV4(address: number): IpVerdict {
  if (inside(address, v4('100.64.0.0'), 10)) return 'carrier'
  const isPrivate =
    inside(address, v4('10.0.0.0'), 8) ||
    inside(address, v4('172.16.0.0'), 12) ||
    inside(address, v4('192.168.0.0'), 16)
  if (isPrivate) return 'private'
  const first = address >>> 24
  return first === 0 || first === 127 || first >= 224 || inside(address, v4('169.254.0.0'), 16) ? 'special' : 'ok'
}

function judgeV6(groups: number[]): IpVerdict {
  const [first = 0] = groups
  const low = groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1
  if ((first & 0xfe00) === 0xfc00) return 'private'
  return low || (first & 0xffc0) === 0xfe80 || first >>> 8 === 0xff ? 'special' : 'ok'
}

/** What an address is, and why it cannot be asked about. */
export function judgeIp(text: string): { verdict: IpVerdict; version: 4 | 6 } {
  const four = parseV4(text)
  if (four !== null) return { verdict: judgeV4(four >>> 0), version: 4 }
  const six = parseV6(text)
  if (six === null) return { verdict: 'form', version: 4 }
  const mapped = six.slice(0, 5).every((group) => group === 0) && six[5] === 0xffff
  if (mapped) return { verdict: judgeV4((((six[6] ?? 0) << 16) | (six[7] ?? 0)) >>> 0), version: 4 }
  return { verdict: judgeV6(six), version: 6 }
}
