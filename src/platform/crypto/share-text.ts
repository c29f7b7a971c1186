/**
 * Bytes as lines that a person types: 24 signs in groups of four and two check signs. Crockford's alphabet has no I, L, O, U,
 * and takes them for what they were read as. The check covers the number of the line, so that lines do not change places.
 */
import { createHash } from 'node:crypto'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const BYTES_A_LINE = 15

/** @returns `01: XXXX XXXX XXXX XXXX XXXX XXXX -CC`, the last one shorter */
export function linesOfShare(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    const body = base32(bytes.subarray(at, at + BYTES_A_LINE))
    const number = lines.length + 1
    lines.push(`${String(number).padStart(2, '0')}: ${body.match(/.{1,4}/g)!.join(' ')} -${checkOf(number, body)}`)
  }
  return lines
}

/** @returns undefined when the check signs say that something was mistyped, or that it is another line */
export function readLine(typed: string, number: number): Buffer | undefined {
  const signs = typed
    .replace(/^\s*\d+\s*[:：]/, '')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const [body, check] = [signs.slice(0, -2), signs.slice(-2)]
  if (body === '' || [...body].some((sign) => !SIGNS.includes(sign)) || check !== checkOf(number, body)) return undefined
  return bytesOf(body)
}

const checkOf = (number: number, body: string): string => {
  const bits = createHash('sha256').update(`${number}:${body}`).digest().readUInt16BE()
  return SIGNS[(bits >> 5) & 31]! + SIGNS[bits & 31]!
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => SIGNS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function bytesOf(text: string): Buffer {
  const bits = [...text].map((sign) => SIGNS.indexOf(sign).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
