/** Check digits of the numbers that officers write down: pure arithmetic, one function for each scheme. */

/** Luhn's scheme over an alphabet (ISO/IEC 7812 for digits, GSTIN for 36 characters). */
export function luhn(text: string, alphabet = '0123456789'): boolean {
  const size = alphabet.length
  let sum = 0
  const values = [...text].reverse().map((character) => alphabet.indexOf(character))
  for (const [place, value] of values.entries()) {
    if (value < 0) return false
    const weighted = place % 2 === 0 ? value : value * 2
    sum += Math.floor(weighted / size) + (weighted % size)
  }
  return text.length > 0 && sum % size === 0
}

const D5 = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

function permuted(digit: number, times: number): number {
  let found = digit
  for (let step = 0; step < times; step += 1) found = PERMUTATION[found] ?? found
  return found
}

/** Verhoeff's scheme, which Aadhaar numbers carry. */
export function verhoeff(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false
  let check = 0
  for (const [place, digit] of [...digits].reverse().entries()) {
    check = D5[check]?.[permuted(Number(digit), place % 8)] ?? 0
  }
  return check === 0
}

/** ISO 7064 modulo 97, which IBANs carry: the first four characters move to the end, letters count as 10 to 35. */
export function mod97(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const character of moved) {
    const value = Number.parseInt(character, 36)
    if (Number.isNaN(value)) return false
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const BECH32M = 0x2bc830a3

/** BIP 173 and, from witness version 1 on, BIP 350: addresses of Bitcoin that begin with bc1. */
export function bech32(address: string): boolean {
  const data = [...address.slice(3)].map((character) => BECH32.indexOf(character))
  if (data.length < 7 || data.includes(-1)) return false
  let sum = 1
  for (const value of [3, 3, 0, 2, 3, ...data]) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, part] of GENERATOR.entries()) if ((top >>> bit) & 1) sum ^= part
  }
  return sum === (data[0] === 0 ? 1 : BECH32M)
}
