/** The definer functions of proxies, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function proxyDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  /** The applicant gave, and the neighbour took. */
  const held = async () => {
    const { scene, stages } = world()
    const principal = stages.at.received!.applicant.personId
    const proxy = stages.at.received!.nextPersonId
    const { rows } = await scene.owner.query(
      `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at)
       values (gen_random_uuid(), $1, $2, '{longevity-allowance}', '2026-01-01', '2027-01-01', $3, 'own', $3, $3) returning id`,
      [principal, proxy, scene.now()],
    )
    return { id: rows[0].id as string, principal, proxy }
  }
  const stagePost = () => Object.values(world().stages.posts)[0]!.postId
  return {
    'access.number_proxy': {
      why: 'numbers what is given at the window, a day without doubles: an officer sees the proxies of her own area alone',
      async foreign() {
        for (const scope of [staff(place.city), resident(randomUUID()), nobody])
          await denied(scope, sql`select access.number_proxy()`)
      },
    },
    'access.take_proxy': {
      why: 'whoever types the code becomes the proxy; until then she is neither of the two',
      async foreign() {
        const digest = '0'.repeat(64)
        const me = randomUUID()
        const take = (as: string, person: string) =>
          ask(
            resident(as),
            sql<{
              id: string | null
            }>`select access.take_proxy(${digest}, ${person}, ${world().scene.now()}, '2026-11-24') as id`,
          )
        assert.equal((await take(me, me))[0]!.id, null, 'a code that nobody gave')
        const { principal } = await held()
        await world().scene.owner.query(
          `insert into access.proxy (id, principal_id, matters, valid_from, valid_to, given_at, given_how, code_digest, code_until)
           values (gen_random_uuid(), $1, '{longevity-allowance}', '2026-01-01', '2027-01-01', $2, 'own', $3, $4)`,
          [principal, world().scene.now(), digest, new Date('2027-01-01')],
        )
        assert.equal((await take(me, principal))[0]!.id, null, 'in the name of somebody else')
        assert.equal((await take(principal, principal))[0]!.id, null, 'for oneself')
        await world().scene.owner.query(
          `update access.proxy set given_how = 'window', post_id = $2, named = '另一个人' where code_digest = $1`,
          [digest, stagePost()],
        )
        const { rows } = await world().scene.owner.query('select id from people.person where id <> $1 limit 1', [principal])
        assert.equal((await take(rows[0].id, rows[0].id))[0]!.id, null, 'of another name than the paper')
        for (const scope of [staff(place.city), nobody])
          await denied(scope, sql`select access.take_proxy(${digest}, ${me}, ${world().scene.now()}, '2026-11-24')`)
      },
    },
    'access.principal_of': {
      why: 'for whom somebody acts, by name: row security shows her herself alone',
      async foreign() {
        const { id, proxy, principal } = await held()
        const of = (person: string, day: string) =>
          ask(resident(person), sql<{ name: string }>`select name from access.principal_of(${id}, ${day}::date)`)
        assert.equal((await of(proxy, '2026-11-24')).length, 1)
        assert.deepEqual(await of(proxy, '2027-01-02'), [], 'over')
        assert.deepEqual(await of(principal, '2026-11-24'), [], 'the other side')
        assert.deepEqual(await of(randomUUID(), '2026-11-24'), [], 'somebody else')
        for (const scope of [staff(place.city), nobody])
          await denied(scope, sql`select * from access.principal_of(${id}, '2026-11-24')`)
      },
    },
    'access.proxy_name': {
      why: 'who acts for her, by name, for the same reason',
      async foreign() {
        const { id, proxy, principal } = await held()
        const of = async (person: string) =>
          (await ask(resident(person), sql<{ name: string | null }>`select access.proxy_name(${id}) as name`))[0]!.name
        assert.ok(await of(principal))
        assert.equal(await of(proxy), null, 'the other side')
        assert.equal(await of(randomUUID()), null, 'somebody else')
        for (const scope of [staff(place.city), nobody]) await denied(scope, sql`select access.proxy_name(${id})`)
      },
    },
    'access.proxy_of_account': {
      why: 'who looked, by name, in the record of looks',
      async foreign() {
        await held()
        const of = async (person: string) =>
          (await ask(resident(person), sql<{ name: string | null }>`select access.proxy_of_account('nobody') as name`))[0]!.name
        assert.equal(await of(randomUUID()), null)
        for (const scope of [staff(place.city), nobody]) await denied(scope, sql`select access.proxy_of_account('nobody')`)
      },
    },
  }
}
