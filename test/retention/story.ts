/** Words for stories about letting go: a street with cases, an audit administrator who switches it on, a night. */
import { join } from 'node:path'
import type pg from 'pg'
import { letGoToday } from '../../src/core/retention/index.ts'
import { tombstoneFileOf } from '../../src/core/retention/tombstone-store.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, type StaffPost } from '../harness/cast.ts'
import type { Scene } from '../harness/scene.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export async function act(scene: Scene, who: StaffPost, operation: string, input: object = {}): Promise<any> {
  const now = scene.now()
  const actor = await actorOf(scene, 'staff', who.accountId, who.postId, now)
  return declared.get(operation)!.run({ platform: scene.node.platform, actor, now, requestId: newId(now) }, input)
}

/** Sees today's count and switches it on. */
export async function switchOn(scene: Scene, auditor: StaffPost): Promise<void> {
  const { digest } = await act(scene, auditor, 'retention.read-plan')
  await act(scene, auditor, 'retention.confirm-classes', { digest })
}

/** Moves the clock, switches it on at that time, and lets the night pass. */
export async function nightOf(scene: Scene, auditor: StaffPost, instant: string): Promise<Record<string, number>> {
  scene.at(instant)
  await switchOn(scene, auditor)
  return letGoToday(scene.node.platform)
}

export async function count(owner: pg.Client, what: string): Promise<number> {
  return Number((await owner.query(`select count(*) as n from ${what}`)).rows[0].n)
}

/** Every row of every table of ours as one text: that nothing changed. */
export async function everything(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'jobs') order by 1`,
  )
  const seen: string[] = []
  for (const { name } of rows) {
    const { rows: found } = await owner.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as text from ${name} t`,
    )
    seen.push(`${name} ${found[0].text}`)
  }
  return seen.join('\n')
}

export async function tombstoneFile(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query(`select value from platform.setting where name = 'chain'`)
  return tombstoneFileOf(`${join(process.env.KAIFONG_TEST_FOLDER!, 'keys')}-seals`, rows[0].value)
}
