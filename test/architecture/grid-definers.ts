/** The definer functions of incidents, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function gridDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  const grid = () => world().stages.at.received!.grid
  const system = { ...staff(place.city), role: 'app_system' } as const
  const says = (token: string, word: string) =>
    sql<{ status: string | null }>`select the_status as status
      from grid.reporter_says(${token}, ${word}, '\\x00', '2026-10-01', ${world().scene.now()}, '{}')`
  const administrator = () => ({
    ...staff(place.district),
    postId: world().stages.posts['system-administrator']!.postId,
    day: '2026-11-24',
  })
  async function aDevice(): Promise<{ id: string; postId: string }> {
    const [id, { postId }] = [randomUUID(), world().stages.posts['grid-worker']!]
    await world().scene.owner.query(
      `insert into grid.field_device (id, post_id, area, lock_sealed, registered_at, last_contact_at) values ($1, $2, $3, '\\x07', $4, $4)`,
      [id, postId, place.community, world().scene.now()],
    )
    return { id, postId }
  }
  return {
    'grid.give_number': {
      why: 'the next number of a street and day, with an incident or not at all; nobody may read or set the counter',
      async foreign() {
        for (const scope of [staff(place.city), resident(randomUUID()), nobody])
          await assert.rejects(ask(scope, sql`select grid.give_number()`), /permission denied|only be called as triggers/)
        for (const scope of [staff(place.city), resident(randomUUID()), nobody]) {
          await denied(scope, sql`select n from grid.counter`)
          await denied(scope, sql`update grid.counter set n = 0`)
        }
      },
    },
    'grid.workers': {
      why: 'names of grid workers of an area, for who distributes tasks there; no app role may see who works where',
      async foreign() {
        const of = (area: string) =>
          sql<{ id: string }>`select post_id as id from grid.workers(${area}, ${['grid-worker']}::text[], '2026-11-24')`
        assert.ok((await ask(staff(place.street), of(place.community))).length > 0)
        for (const scope of [staff(place.nextStreet), staff('')]) assert.deepEqual(await ask(scope, of(place.community)), [])
        for (const scope of [system, resident(randomUUID()), nobody]) await denied(scope, of(place.community))
      },
    },
    'grid.hide_with_parent': {
      why: 'what is linked to something that an officer has hidden is hidden with it, also in areas of others, whose office is told',
      async foreign() {
        const { owner } = world().scene
        const hides = sql<{ n: number }>`select grid.hide_with_parent(${grid().parent}, 'x', ${world().scene.now()}) as n`
        const shown = (id: string, is: boolean) => owner.query('update grid.incident set shown = $2 where id = $1', [id, is])
        await shown(grid().linked, true)
        await shown(grid().parent, true)
        assert.deepEqual(await ask(staff(place.city), hides), [{ n: 0 }], 'the whole is shown')
        await shown(grid().parent, false)
        for (const scope of [staff(place.nextStreet), staff(place.city, ['health']), staff('')])
          assert.deepEqual(await ask(scope, hides), [{ n: 0 }], 'not hers')
        for (const scope of [system, resident(randomUUID()), nobody]) await denied(scope, hides)
        const { rows } = await owner.query('select shown from grid.incident where id = $1', [grid().linked])
        assert.equal(rows[0].shown, true)
        await shown(grid().linked, false)
        await shown(grid().parent, true)
      },
    },
    'grid.hidden_parent': {
      why: 'of one’s own linked incident: whether what it is linked to is hidden, also where that lies out of sight; its number alone',
      async foreign() {
        const of = sql<{ number: string | null }>`select grid.hidden_parent(${grid().linked}) as number`
        for (const scope of [staff(place.nextStreet), staff(place.city, ['health']), staff('')])
          assert.deepEqual(await ask(scope, of), [{ number: null }])
        for (const scope of [system, resident(randomUUID()), nobody]) await denied(scope, of)
      },
    },
    'grid.is_reporters': {
      why: 'which of many reports of one thing came first: its word counts, asked by the functions of tokens alone',
      async foreign() {
        for (const scope of [staff(place.city), resident(randomUUID()), nobody])
          await denied(scope, sql`select grid.is_reporters(${randomUUID()}, ${randomUUID()})`)
      },
    },
    'grid.report_of_token': {
      why: 'whoever holds a token follows its report without an account; of another’s token nothing is learnt',
      async foreign() {
        const of = (token: string) => sql<{ id: string }>`select incident_id as id from grid.report_of_token(${token})`
        assert.deepEqual(await ask(nobody, of(randomUUID())), [], 'no such token')
        assert.deepEqual(await ask(nobody, of(grid().reported)), [], 'the id of an incident is no token')
        assert.deepEqual(await ask(nobody, of(grid().token)), [{ id: grid().reported }])
        await denied(system, of(grid().token))
        for (const scope of [resident(randomUUID()), nobody]) await denied(scope, sql`select id from grid.incident`)
        await denied(nobody, sql`select token from grid.report`)
        assert.deepEqual(
          await ask(resident(randomUUID()), sql`select token from grid.report`),
          [],
          'nobody lists another’s tokens',
        )
      },
    },
    'grid.course_of_token': {
      why: 'each step of what one reported, without what officers note among themselves',
      async foreign() {
        const of = (token: string) => sql<{ payload: object }>`select payload from grid.course_of_token(${token})`
        assert.deepEqual(await ask(nobody, of(randomUUID())), [])
        const course = await ask(nobody, of(grid().checkedToken))
        assert.ok(course.length > 5)
        for (const { payload } of course)
          assert.deepEqual(
            Object.keys(payload).filter((key) => !['reason', 'how', 'until', 'unit'].includes(key)),
            [],
            'neither notes nor officers',
          )
        await denied(system, of(grid().checkedToken))
      },
    },
    'grid.incident_of_public_id': {
      why: 'who adds to an incident names it by what is shown; what is not shown does not exist',
      async foreign() {
        const { owner } = world().scene
        const publicIdOf = async (id: string): Promise<string> =>
          (await owner.query('select public_id as id from grid.incident where id = $1', [id])).rows[0].id
        const of = (id: string) => sql<{ id: string }>`select id from grid.incident_of_public_id(${id})`
        assert.deepEqual(await ask(nobody, of(await publicIdOf(grid().reported))), [], 'nobody has cleared it')
        assert.deepEqual(await ask(nobody, of(await publicIdOf(grid().filed))), [{ id: grid().filed }])
        assert.deepEqual(await ask(nobody, of(await publicIdOf(grid().linked))), [{ id: grid().parent }], 'what it was linked to')
        await denied(system, of(randomUUID()))
      },
    },
    'grid.course_of_public_id': {
      why: 'which steps a shown incident went through and when, without a reason and without a note',
      async foreign() {
        const { owner } = world().scene
        const publicIdOf = async (id: string): Promise<string> =>
          (await owner.query('select public_id as id from grid.incident where id = $1', [id])).rows[0].id
        const of = (id: string) => sql<{ fact: string }>`select fact from grid.course_of_public_id(${id})`
        assert.deepEqual(await ask(nobody, of(await publicIdOf(grid().reported))), [], 'nobody has cleared it')
        const course = await ask(nobody, of(await publicIdOf(grid().filed)))
        assert.deepEqual(course, [{ fact: 'reported' }, { fact: 'verified' }, { fact: 'filed' }])
        await denied(system, of(randomUUID()))
      },
    },
    'grid.requests_of': {
      why: 'whoever was told the id of what she reported sees where it stands before it is shown, and no title and no place',
      async foreign() {
        const { owner } = world().scene
        const publicIdOf = async (id: string): Promise<string> =>
          (await owner.query('select public_id as id from grid.incident where id = $1', [id])).rows[0].id
        const of = (id: string) =>
          sql<{ status: string; title: string | null; place: string | null }>`
            select status, title, shown_place as place from grid.requests_of(${[id]}::uuid[])`
        assert.deepEqual(await ask(nobody, of(randomUUID())), [], 'no such id')
        assert.deepEqual(await ask(nobody, of(grid().filed)), [], 'the id inside is no public one')
        const uncleared = [{ status: 'reported', title: null, place: null }]
        assert.deepEqual(await ask(nobody, of(await publicIdOf(grid().reported))), uncleared)
        await denied(nobody, sql`select public_id from grid.request`)
        await denied(system, of(randomUUID()))
      },
    },
    'grid.tell_reporters': {
      why: 'who reported something hears what came of it, with the token that leads to her report; no officer may read a token',
      async foreign() {
        const tell = (id: string) => sql`select grid.tell_reporters(${id}, '{}', ${world().scene.now()})`
        const told = async () => (await world().scene.owner.query('select count(*)::int as n from messages.message')).rows[0].n
        const before = await told()
        for (const scope of [staff(place.otherDistrict), staff(place.city, []), { ...system, area: place.otherDistrict }])
          await ask(scope, tell(grid().checked))
        assert.equal(await told(), before, 'out of her areas, or not of the line')
        for (const scope of [resident(randomUUID()), nobody]) await denied(scope, tell(grid().checked))
        for (const scope of [staff(place.city), system]) {
          await denied(scope, sql`select token from grid.report`)
          await denied(
            scope,
            sql`insert into messages.message (id, person_id, kind, params, made_at) select gen_random_uuid(), ${randomUUID()}::uuid, 'incident_news', '{}', ${world().scene.now()}`,
          )
        }
      },
    },
    'grid.own_lock': {
      why: 'a phone of one’s own post is unlocked for nobody else; the column is granted to nobody',
      async foreign() {
        const { id, postId } = await aDevice()
        const of = (post: string) => ask({ ...staff(place.city), postId: post }, sql`select grid.own_lock(${id}) as lock`)
        assert.deepEqual(await of(randomUUID()), [{ lock: null }], 'another post')
        assert.deepEqual(await of(postId), [{ lock: Buffer.from([7]) }])
        await denied(staff(place.city), sql`select lock_sealed from grid.field_device`)
        for (const scope of [resident(randomUUID()), nobody, system]) await denied(scope, sql`select grid.own_lock(${id})`)
      },
    },
    'grid.recover_lock': {
      why: 'supervision has another’s phone opened, and that it did stands on the phone’s row in the same act',
      async foreign() {
        const { id, postId } = await aDevice()
        const lock = sql`select grid.recover_lock(${id}, ${postId}, ${world().scene.now()}) as lock`
        const by = randomUUID()
        for (const scope of [staff(place.otherDistrict), staff(place.city, [])])
          assert.deepEqual(await ask({ ...scope, postId: by }, lock), [{ lock: null }])
        assert.deepEqual(await ask(staff(place.city), lock), [{ lock: null }], 'in nobody’s name')
        const { postId: supervision } = world().stages.posts['grid-supervisor']!
        assert.deepEqual(await ask({ ...staff(place.city), postId: supervision }, lock), [{ lock: Buffer.from([7]) }])
        const { rows } = await world().scene.owner.query('select recovered_by as by from grid.field_device where id = $1', [id])
        assert.deepEqual(rows, [{ by: supervision }])
        await denied(staff(place.city), sql`update grid.field_device set recovered_by = ${by}`)
        for (const scope of [resident(randomUUID()), nobody, system]) await denied(scope, lock)
      },
    },
    'grid.units_that_can': {
      why: 'which units have somebody to take an incident on: no app role sees who works where; only of the asker’s own area, and no name of anybody',
      async foreign() {
        const of = (area: string) =>
          sql<{ id: string }>`select id from grid.units_that_can(${area}, '{unit-officer}', '2026-11-24')`
        const own = { ...staff(place.street), domains: ['grid'] }
        assert.ok((await ask(own, of(place.community))).length > 0)
        assert.deepEqual(await ask({ ...staff(place.nextStreet), domains: ['grid'] }, of(place.community)), [], 'another street')
        assert.deepEqual(await ask({ ...own, domains: ['civil-affairs'] }, of(place.community)), [], 'another office line')
        for (const scope of [resident(randomUUID()), nobody, system]) await denied(scope, of(place.community))
        await denied(own, sql`select role from access.post`)
      },
    },
    'grid.make_api_key': {
      why: 'a key for a program of others is given by a system administrator of its area; nobody else may write one',
      async foreign() {
        const make = (area: string) =>
          sql<{
            made: boolean
          }>`select grid.make_api_key(${randomUUID()}, ${area}, '程序', '科', ${Buffer.from(randomUUID())}, 60, ${world().scene.now()}) as made`
        for (const scope of [
          staff(place.city),
          { ...staff(place.city), postId: world().stages.posts['audit-administrator']!.postId },
        ])
          await denied(scope, make(place.district))
        assert.deepEqual(await ask(administrator(), make(place.otherDistrict)), [{ made: false }], 'of elsewhere')
        for (const scope of [resident(randomUUID()), nobody, system]) await denied(scope, make(place.district))
        await denied(administrator(), sql`insert into grid.api_key (id) values (${randomUUID()})`)
      },
    },
    'grid.api_keys': {
      why: 'which programs have a key, for the system administrator of their area; no hash of a key leaves',
      async foreign() {
        const list = sql<{ id: string }>`select * from grid.api_keys()`
        const [own] = await ask(administrator(), list)
        assert.ok(own && !Object.keys(own).includes('key_hash'))
        assert.deepEqual(await ask({ ...administrator(), area: place.otherDistrict }, list), [])
        for (const scope of [staff(place.city), resident(randomUUID()), nobody, system]) await denied(scope, list)
        for (const scope of [administrator(), nobody]) await denied(scope, sql`select key_hash from grid.api_key`)
      },
    },
    'grid.end_api_key': {
      why: 'a key is ended by the system administrator of its area alone',
      async foreign() {
        const end = sql<{ ended: boolean }>`select grid.end_api_key(${grid().apiKeyId}, ${world().scene.now()}) as ended`
        assert.deepEqual(await ask({ ...administrator(), area: place.otherDistrict }, end), [{ ended: false }])
        for (const scope of [staff(place.city), resident(randomUUID()), nobody, system]) await denied(scope, end)
        await denied(administrator(), sql`update grid.api_key set ended_at = null`)
      },
    },
    'grid.api_key_of': {
      why: 'a program that holds a key is known by it; whoever has none learns of none',
      async foreign() {
        const of = (key: string) => sql<{ id: string }>`select id from grid.api_key_of(sha256(convert_to(${key}, 'UTF8')), null)`
        assert.deepEqual(await ask(nobody, of('nonsense')), [])
        assert.deepEqual(await ask(nobody, of(grid().apiKey)), [{ id: grid().apiKeyId }])
        for (const scope of [staff(place.city), resident(randomUUID()), system]) await denied(scope, of(grid().apiKey))
      },
    },
    'grid.requests_of_key': {
      why: 'what was reported with a key, for whoever holds it; of another’s nothing',
      async foreign() {
        const of = (key: string) =>
          sql`select public_id from grid.requests_of_key(sha256(convert_to(${key}, 'UTF8')), '2026-01-01', '2027-01-01', 1000)`
        assert.deepEqual(await ask(nobody, of('nonsense')), [])
        assert.deepEqual(await ask(nobody, of(grid().apiKey)), [], 'nothing was reported with it')
        for (const scope of [staff(place.city), resident(randomUUID()), system]) await denied(scope, of(grid().apiKey))
        await denied(nobody, sql`select api_key_id from grid.report`)
      },
    },
    'grid.reporter_says': {
      why: 'a reporter’s word moves the incident that she may not read; only with her token, only of what waits for it',
      async foreign() {
        assert.deepEqual(await ask(nobody, says(randomUUID(), 'solved')), [], 'no such token')
        assert.deepEqual(await ask(nobody, says(grid().token, 'solved')), [{ status: null }], 'nobody has handled it')
        assert.deepEqual(await ask(nobody, says(grid().token, 'not_solved')), [{ status: null }], 'it has not ended')
        assert.deepEqual(await ask(nobody, says(grid().checkedToken, 'void')), [], 'no other word moves it')
        for (const scope of [staff(place.city), system]) await denied(scope, says(grid().checkedToken, 'solved'))
        const { owner } = world().scene
        const ended = `update grid.incident set status = $2, outcome = $3, closed_at = $4 where id = $1`
        await owner.query(ended, [grid().checked, 'closed', 'checked', '2024-01-01'])
        const longAgo = sql`select the_status as status from grid.reporter_says(${grid().checkedToken}, 'not_solved', '\\x00', '2000-01-01', '2024-01-02', '{}')`
        assert.deepEqual(await ask(nobody, longAgo), [{ status: null }], 'no clock of a caller makes it young again')
        await owner.query(ended, [grid().checked, 'checked', null, null])
        await denied(nobody, sql`update grid.incident set status = 'closed'`)
      },
    },
  }
}
