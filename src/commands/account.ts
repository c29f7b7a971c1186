/** `account reset`: for an administrator whom nobody can help any more, since the others are locked out too or do not exist yet. */
import { createHash, randomBytes } from 'node:crypto'
import { type Config, StartRefused } from '../platform/config.ts'
import { asOwner } from '../platform/database/owner.ts'
import { dayOf } from '../platform/time.ts'
import { beside } from './beside.ts'
import { say } from './console.ts'
import { recordAtConsole } from './record.ts'

const LINK_HOURS = 24

/**
 * Takes an administrator's factors away, ends her sessions, and shows a link on this console that is good once. Ordinary officers
 * are helped by two administrators: whoever holds the machine is not the one who knows them.
 * @param withPassword she sets a new password at the link, instead of showing the old one
 */
export const resetAtConsole = (config: Config, username: string, withPassword: boolean): Promise<void> =>
  beside(config, (ownerUrl) =>
    asOwner(ownerUrl, 'account reset', async (client) => {
      const now = new Date()
      const { rows } = await client.query<{
        officer: string
        account: string
        kind: string | null
        ended: boolean
        stopped: boolean
      }>(
        `select o.id as officer, o.account_id as account, access.administrator_kind(o.id, $2) as kind, o.ended_at is not null as ended,
           o.stopped_at is not null as stopped
         from access.officer o join auth."user" u on u."id" = o.account_id::uuid where u."username" = $1`,
        [username.normalize('NFKC').trim().toLowerCase(), dayOf(now)],
      )
      const found = rows[0]
      if (!found) throw new StartRefused(`There is no officer with the username ${username}.`)
      if (found.ended) throw new StartRefused(`The account ${username} has ended, and does not come back.`)
      if (!found.kind)
        throw new StartRefused(
          `${username} is none of the three administrators. A system administrator proposes her reset, and a security administrator approves it: docs/runbooks/locked-out.md`,
        )
      const token = randomBytes(24).toString('base64url')
      await client.query('begin')
      await recordAtConsole(client, 'console.reset-factor', now)
      await client.query('select auth.take_factors($1, $2, null)', [found.account, withPassword])
      await client.query('select auth.link_reset($1, null, $2, $3)', [
        found.account,
        createHash('sha256').update(token).digest('hex'),
        new Date(now.getTime() + LINK_HOURS * 3_600_000),
      ])
      if (found.stopped) {
        await client.query('update access.officer set stopped_at = null, stopped_by = null, stopped_why = null where id = $1', [
          found.officer,
        ])
        await client.query('select auth.restart($1)', [found.account])
      }
      await client.query(`select access.note($1, 'console_link', $2, null, null)`, [found.officer, now])
      await client.query('commit')
      say(`The second factors of ${username} (${found.kind}) are taken away, and every session of hers has ended.`)
      say(
        `This link is good once, for ${LINK_HOURS} hours. She opens it herself${withPassword ? '' : ', and needs her password'}:`,
      )
      say(`${config.publicUrl}/desk/reset?${new URLSearchParams({ token })}`)
    }),
  )
