/** Who carries messages out of the house, from the environment. Pure. No value is ever repeated: they hold passwords. */
import type { WrongValue } from '../config.ts'
import { isLoopback } from '../loopback.ts'

export interface MailSettings {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS is demanded, unless `plain`. */
  secure: boolean
  /** No TLS: on this machine, or because somebody wrote so. */
  plain: boolean
  login: { user: string; pass: string } | null
  /** Address of the sender. */
  from: string
}

export interface SmsSettings {
  url: string
  secret: string
}

export interface OutboundSettings {
  email: MailSettings | null
  sms: SmsSettings | null
}

type Env = Readonly<Record<string, string | undefined>>

/** Problems are added to `wrong`, all at once. */
export function readOutbound(env: Env, wrong: WrongValue[]): OutboundSettings {
  const given = (name: string) => env[name]?.trim() ?? ''
  const say = (variable: string, problem: string) => void wrong.push({ variable, problem })
  return { email: readMail(given, say), sms: readSms(given, say) }
}

type Given = (name: string) => string
type Say = (variable: string, problem: string) => void

function readMail(given: Given, say: Say): MailSettings | null {
  const [address, from] = [given('KAIFONG_SMTP_URL'), given('KAIFONG_MAIL_FROM')]
  if (address === '' && from === '') return null
  if (address === '') say('KAIFONG_SMTP_URL', 'is missing, and KAIFONG_MAIL_FROM is set. Give the mail server, or unset both.')
  if (from === '')
    say('KAIFONG_MAIL_FROM', 'is missing. Give the address that letters come from, like no-reply@street.example.org.')
  else if (!/^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(from))
    say('KAIFONG_MAIL_FROM', 'is not one address. Give it alone, like no-reply@street.example.org.')
  if (address === '') return null
  const shape = 'Give smtps://user:password@host:465, or smtp://user:password@host:587 for a server that begins TLS itself.'
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
    say('KAIFONG_SMTP_URL', `is not the address of a mail server. ${shape}`)
    return null
  }
  if ((url.pathname !== '' && url.pathname !== '/') || url.hash !== '' || !['', '?tls=none'].includes(url.search)) {
    say('KAIFONG_SMTP_URL', `has something after the port that is not known. ${shape}`)
    return null
  }
  const login = loginIn(url)
  if (login === 'unreadable') {
    say('KAIFONG_SMTP_URL', 'holds a user or password with a broken percent sign. Write signs like @ : / % as %40 %3A %2F %25.')
    return null
  }
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    plain: !secure && (url.search === '?tls=none' || isLoopback(host)),
    login,
    from,
  }
}

function loginIn(url: URL): MailSettings['login'] | 'unreadable' {
  if (url.username === '' && url.password === '') return null
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
  } catch {
    return 'unreadable'
  }
}

function readSms(given: Given, say: Say): SmsSettings | null {
  const [address, secret] = [given('KAIFONG_SMS_URL'), given('KAIFONG_SMS_SECRET')]
  if (address === '' && secret === '') return null
  const url = URL.parse(address)
  if (address === '') say('KAIFONG_SMS_URL', 'is missing, and KAIFONG_SMS_SECRET is set. Give the gateway, or unset both.')
  else if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))))
    say('KAIFONG_SMS_URL', 'is no address of an SMS gateway. Give its https address; http only on this machine.')
  else if (url.username !== '' || url.password !== '')
    say('KAIFONG_SMS_URL', 'holds a user or password. Give the address alone; the gateway knows us by KAIFONG_SMS_SECRET.')
  if (!/^[\x21-\x7e]{32,200}$/.test(secret))
    say('KAIFONG_SMS_SECRET', 'is missing, too short or holds a space. Give 32 to 200 characters: openssl rand -hex 32')
  return { url: address, secret }
}
