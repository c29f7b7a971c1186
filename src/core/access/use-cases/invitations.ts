/**
 * New officers come by invitation (邀请): a system administrator names them, the link works once and for seven days, and who
 * opens it sets her own password. The token is made where the page is made and is kept as a hash: no answer of a command,
 * no audit row and no kept form holds it.
 */
import { createHash, randomBytes } from 'node:crypto'
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { INVITATION_MS } from '../administrators.ts'
import { placeWords } from '../around.ts'
import { covers, postOf } from '../guard.ts'
import { organisationWithin } from './organisations.ts'

/** Of a link that opens something once. */
export const newLinkToken = (): string => randomBytes(24).toString('base64url')
const hash = (token: string): Buffer => createHash('sha256').update(token).digest()
const Token = Type.String({ minLength: 20, maxLength: 80 })

const at = (field: string, code: string, kind: 'invalid' | 'conflict' = 'invalid'): Refusal =>
  new Refusal(code, kind, { fields: [{ path: `/${field}`, code }] })

interface Wrong {
  path: string
  code: string
  params?: Readonly<Record<string, unknown>>
}

/** Every field that is wrong, named at once; one alone speaks for itself. */
const allOf = (wrong: readonly Wrong[]): Refusal => {
  const [first] = wrong
  return wrong.length === 1 && first
    ? new Refusal(first.code, 'invalid', { ...first.params, fields: wrong })
    : new Refusal('input.invalid', 'invalid', { fields: wrong })
}

export interface OpenInvitation {
  id: string
  name: string
  number: string
  username: string
  organisation: string
  area: string
  invitedAt: Date
  expiresAt: Date
}

export const openInvitations = async (tx: Tx, areas: readonly string[], now: Date): Promise<OpenInvitation[]> =>
  (
    await tx.rows(
      sql<OpenInvitation>`select id, name, number, username, organisation, area, invited_at as "invitedAt", expires_at as "expiresAt" from access.invitations_in(${now})`,
    )
  ).filter((one) => covers({ areas }, one.area))

/** Invites an officer of an organisation in the own area. */
export const inviteOfficer = command({
  operation: 'access.invite-officer',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({
    token: Token,
    name: Type.String({ maxLength: 40 }),
    number: Type.String({ maxLength: 20 }),
    username: Type.String({ maxLength: 60 }),
    /** Empty when none was chosen. */
    organisationId: Type.Union([Id, Type.Literal('')]),
  }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now, call }, { token, organisationId, ...typed }) {
    const name = typed.name.normalize('NFKC').trim()
    const number = typed.number.normalize('NFKC').trim()
    const username = await call.platform.services.accounts.freeUsername(typed.username).catch((error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    })
    const wrong: Wrong[] = []
    if (name === '') wrong.push({ path: '/name', code: 'answer.missing' })
    if (!/^[A-Za-z0-9-]{2,20}$/.test(number)) wrong.push({ path: '/number', code: 'access.number_shape' })
    if (username instanceof Refusal) wrong.push({ path: '/username', code: username.code, params: username.params })
    if (organisationId === '') wrong.push({ path: '/organisationId', code: 'answer.choose' })
    if (username instanceof Refusal || organisationId === '' || wrong.length > 0) throw allOf(wrong)
    const organisation = await organisationWithin(tx, postOf(actor), organisationId)
    const id = newId(now)
    const until = new Date(now.getTime() + INVITATION_MS)
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select access.invite(${id}, ${hash(token)}, ${name}, ${number}, ${username}, ${organisation.id}, ${now}, ${until}) as ended`,
    )
    if (ended === 'number') throw at('number', 'access.number_taken', 'conflict')
    if (ended === 'username') throw at('username', 'access.username_invited', 'conflict')
    if (ended !== 'done') throw new Refusal('access.organisation_not_found', 'missing')
    return { id }
  },
})

/** Takes an invitation back that nobody has used. */
export const withdrawInvitation = command({
  operation: 'access.withdraw-invitation',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now }, { id }) {
    const open = await openInvitations(tx, postOf(actor).areas, now)
    if (!open.some((one) => one.id === id)) throw new Refusal('access.invitation_not_found', 'missing')
    await tx.run(sql`select access.withdraw_invitation(${id}, ${now})`)
    return { id }
  },
})

export interface Invited {
  name: string
  number: string
  username: string
  organisation: string
}

const invitedBy = (tx: Tx, token: string, now: Date): Promise<Invited | undefined> =>
  tx.maybe(sql<Invited>`select name, number, username, organisation from access.invitation_of(${hash(token)}, ${now})`)

/** Whom a link invites; missing when it was used, withdrawn or is too old. */
export const readInvitation = query({
  operation: 'access.read-invitation',
  permission: null,
  actors: ['public'],
  input: Type.Object({ token: Token }),
  output: Type.Unsafe<Invited>({}),
  async run({ tx, now }, { token }) {
    const invited = await invitedBy(tx, token, now)
    if (!invited) throw new Refusal('access.invitation_gone', 'missing')
    return invited
  },
})

/** The invited officer sets her own password, and has an account without any post. */
export const acceptInvitation = command({
  operation: 'access.accept-invitation',
  permission: null,
  actors: ['public'],
  input: Type.Object({ token: Token, password: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, now, call }, { token, password }) {
    const invited = await invitedBy(tx, token, now)
    if (!invited) throw new Refusal('access.invitation_gone', 'missing')
    const { username, name, number, organisation } = invited
    const words = [number, organisation, ...placeWords(call.platform.services.packs.inForce())]
    // Whoever knows her name and number would try these first.
    if ([username, number].some((known) => password.toLowerCase().includes(known.toLowerCase())))
      throw at('password', 'access.password_is_name')
    const { accountId } = await call.platform.services.accounts
      .createStaffAccount({ username, password, name, words, now })
      .catch((error: unknown) => {
        throw error instanceof Refusal
          ? new Refusal(error.code, error.kind, { ...error.params, fields: [{ path: '/password' }] })
          : error
      })
    const id = newId(now)
    const { done } = await tx.one(
      sql<{ done: boolean }>`select access.accept_invitation(${hash(token)}, ${now}, ${id}, ${accountId}) as done`,
    )
    if (!done) throw new Refusal('access.invitation_gone', 'missing')
    return { id }
  },
})
