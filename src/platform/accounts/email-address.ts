/** E-mail addresses as people type them. */
import { domainToASCII } from 'node:url'
import { Refusal } from '../refusal.ts'

/** RFC 5321 §4.5.3.1 */
const MOST = 254
/** What mail servers everywhere take. Signs that would end a header or begin a second recipient are not among them. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** The address in one form, its domain in ASCII. Refusal `account.email_shape` */
export function normaliseEmail(typed: string): string {
  const refused = new Refusal('account.email_shape', 'invalid')
  // What is longer is not read at all. Full-width signs come from Chinese keyboards.
  const text = typed.length <= MOST + 20 ? typed.trim().normalize('NFKC') : ''
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(at, 0)), domainToASCII(text.slice(at + 1)).toLowerCase()]
  const labels = domain.split('.')
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) throw refused
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1)!)) throw refused
  const whole = `${local}@${domain}`
  if (whole.length > MOST) throw refused
  return whole
}

/** c***@example.org: enough to know one's own again. */
export const maskEmail = (email: string): string => `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`
