/** Settings of an identity service (OpenID Connect), from the environment. Pure. */
import type { WrongValue } from './config.ts'
import { isLoopback } from './loopback.ts'

export interface OidcSettings {
  /** As the service names itself; its settings are found below it. */
  issuer: string
  clientId: string
  /** The secret itself, or the file that holds it. */
  clientSecret: { text: string } | { file: string }
  /** Name of the service on the button; both languages. */
  label: string
  /** Values of `amr` or `acr` by which the service says that it asked for a second factor; none: it never counts as one. */
  secondFactor: readonly string[]
}

type Env = Readonly<Record<string, string | undefined>>

/** Null when no issuer is named. Problems are added to `wrong`, all at once. */
export function readOidc(env: Env, wrong: WrongValue[], prefix: string): OidcSettings | null {
  const given = (name: string) => env[`${prefix}_${name}`]?.trim() ?? ''
  const issuer = given('ISSUER')
  if (issuer === '') return null
  const say = (name: string, problem: string) => void wrong.push({ variable: `${prefix}_${name}`, problem })
  const url = URL.parse(issuer)
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))))
    say('ISSUER', `“${issuer}” is no address of an identity service. Give its https address.`)
  if (given('CLIENT_ID') === '') say('CLIENT_ID', 'is missing. Give the name under which the service knows this node.')
  const [text, file] = [given('CLIENT_SECRET'), given('CLIENT_SECRET_FILE')]
  if ((text === '') === (file === '')) say('CLIENT_SECRET', `give either it or ${prefix}_CLIENT_SECRET_FILE.`)
  if (given('LABEL') === '') say('LABEL', 'is missing. Give the name of the service as people call it.')
  return {
    issuer,
    clientId: given('CLIENT_ID'),
    clientSecret: file === '' ? { text } : { file },
    label: given('LABEL'),
    secondFactor: given('SECOND_FACTOR')
      .split(/[\s,]+/)
      .filter(Boolean),
  }
}
