/** `retention`: what each class of the pack in force would let go today. Reads in a transaction that cannot write. */
import { MOST_COUNTED, planOf, type RetentionClass } from '../core/retention/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { asOwner } from '../platform/database/owner.ts'
import { ClientTx, sql } from '../platform/database/tx.ts'
import { dayOf } from '../platform/time.ts'
import { LANGS, loadWords, pick } from '../platform/words.ts'
import { beside } from './beside.ts'
import { say } from './console.ts'

export async function showRetention(config: Config, root: string, json: boolean): Promise<void> {
  const words = loadWords(root)
  const both = (key: string, params: Record<string, string | number> = {}) =>
    LANGS.map((lang) => words.in(lang)(`retention.${key}`, params)).join('\n')
  const now = new Date()
  const { classes, confirmed, lines, digest } = await beside(config, (ownerUrl) =>
    asOwner(ownerUrl, 'retention', async (client) => {
      await client.query('begin read only')
      const tx = new ClientTx(client)
      const pack = await tx.maybe(
        sql<{
          retention: RetentionClass[] | null
        }>`select content -> 'retention' as retention from matters.pack order by loaded_at desc limit 1`,
      )
      if (!pack) throw new StartRefused('No pack is loaded in this database: start Kaifong on it once, or run `pack load`.')
      const on = await tx.maybe(sql<{ digest: string }>`select digest from retention.confirmation where ended_at is null`)
      const plan = await planOf(tx, pack.retention ?? [], now)
      await client.query('rollback')
      return { ...plan, classes: pack.retention ?? [], confirmed: on?.digest === plan.digest }
    }),
  )
  if (json) {
    say(
      JSON.stringify({
        day: dayOf(now),
        digest,
        confirmed,
        classes: lines.map(({ class: one, before, due, held, oldest, newest }) => ({
          class: one.code,
          kind: one.kind,
          ends: one.ends,
          before,
          due,
          held,
          today: confirmed ? Math.min(due, one.most_a_day) : 0,
          oldest,
          newest,
        })),
      }),
    )
    return
  }
  if (classes.length === 0) say(both('dry.no_classes'))
  for (const { class: one, before, due, held, oldest, newest } of lines) {
    say(`${one.code}  ${pick(one.name, 'zh')} · ${pick(one.name, 'en')}`)
    const facts = { due, held, before: dayOf(before), ends: one.ends, today: Math.min(due, one.most_a_day) }
    say(due + held === 0 ? both('dry.nothing', facts) : both('dry.due', facts))
    if (oldest && newest) say(both('dry.span', { oldest: dayOf(oldest), newest: dayOf(newest) }))
    if (due + held >= MOST_COUNTED) say(both('dry.more'))
    say('')
  }
  say(both(confirmed ? 'dry.on' : 'dry.off'))
}
