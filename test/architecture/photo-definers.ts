/** The definer functions of photos, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function photoDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  const grid = () => world().stages.at.received!.grid
  const system = { ...staff(place.city), role: 'app_system' } as const
  const outsiders = () => [resident(randomUUID()), nobody]
  const now = () => world().scene.now()
  const hash = Buffer.alloc(32, 1)
  const left = (id: string) =>
    sql<{
      left: string
    }>`select grid.leave_photo(${id}, ${randomUUID()}, 'x', '\\x00', ${hash}, 1, '\\x00', 'y', '\\x00', ${hash}, 1, 1, 1, 1, null,
      'somebody', 30, 60000000, 2000000000, ${now()}) as left`
  const n = (query: ReturnType<typeof sql>) => sql<{ n: number }>`select ${query} as n`
  return {
    'grid.leave_photo': {
      why: 'leaves a photo of nobody under an id that nobody guesses; no role of a request writes one, and strangers read none',
      async foreign() {
        assert.deepEqual(await ask(nobody, left(grid().photo)), [{ left: 'taken' }], 'the id of another one')
        for (const scope of outsiders()) {
          await denied(scope, sql`select id from grid.photo`)
          await denied(
            scope,
            sql`insert into grid.photo (id, file_id, sha256, added_at) values (${randomUUID()}, ${randomUUID()}, ${hash}, ${now()})`,
          )
        }
        await denied(nobody, sql`insert into documents.file (id) values (${randomUUID()})`)
        await denied(system, left(randomUUID()))
      },
    },
    'grid.give_photos': {
      why: 'gives what was left with the report of a token, whose photos its reporter may not write',
      async foreign() {
        const give = (token: string, photo: string) => n(sql`grid.give_photos(${token}, ${[photo]}::uuid[], null)`)
        assert.deepEqual(await ask(nobody, give(randomUUID(), grid().waitingPhoto)), [{ n: 0 }], 'no such token')
        assert.deepEqual(
          await ask(nobody, give(grid().filed, grid().waitingPhoto)),
          [{ n: 0 }],
          'the id of an incident is no token',
        )
        assert.deepEqual(await ask(nobody, give(grid().token, grid().photo)), [{ n: 0 }], 'another report has it')
        await denied(system, give(grid().token, grid().waitingPhoto))
      },
    },
    'grid.give_photos_of_act': {
      why: 'gives what was left with an act; officers see nothing that was not given',
      async foreign() {
        const give = (photo: string) => n(sql`grid.give_photos_of_act(${grid().filed}, 9, ${[photo]}::uuid[])`)
        assert.deepEqual(await ask(staff(place.nextStreet), give(grid().waitingPhoto)), [{ n: 0 }], 'another area')
        assert.deepEqual(await ask(staff(place.city, ['health']), give(grid().waitingPhoto)), [{ n: 0 }], 'another line')
        assert.deepEqual(await ask(staff(place.city), give(grid().photo)), [{ n: 0 }], 'a report has it')
        assert.deepEqual(await ask(staff(place.city), sql`select id from grid.photo where id = ${grid().waitingPhoto}`), [])
        for (const scope of outsiders()) await denied(scope, give(grid().waitingPhoto))
      },
    },
    'grid.drop_photo': {
      why: 'takes back what was left and not given, for whoever holds its id',
      async foreign() {
        const drop = (id: string) => sql<{ gone: boolean }>`select grid.drop_photo(${id}, ${now()}) as gone`
        assert.deepEqual(await ask(nobody, drop(grid().photo)), [{ gone: false }], 'a report has it')
        assert.deepEqual(await ask(nobody, drop(randomUUID())), [{ gone: false }])
        await denied(system, drop(grid().waitingPhoto))
        for (const scope of [staff(place.city), ...outsiders()]) await denied(scope, sql`delete from grid.photo`)
      },
    },
    'grid.waiting_photos': {
      why: 'the small pictures of what was left and not given, for whoever holds the ids',
      async foreign() {
        const of = (id: string) => sql<{ id: string }>`select id from grid.waiting_photos(${[id]}::uuid[])`
        assert.deepEqual(await ask(nobody, of(grid().photo)), [], 'it waits no more')
        await denied(system, of(grid().waitingPhoto))
      },
    },
    'grid.photos_of_token': {
      why: 'whoever holds the token of a report sees its photos, and of the others what an officer has cleared',
      async foreign() {
        const of = (token: string) => sql<{ id: string }>`select id from grid.photos_of_token(${token})`
        assert.deepEqual(await ask(nobody, of(randomUUID())), [], 'no such token')
        assert.deepEqual(await ask(nobody, of(grid().filed)), [], 'the id of an incident is no token')
        assert.deepEqual(await ask(nobody, of(grid().photoToken)), [{ id: grid().photo }])
        assert.deepEqual(await ask(nobody, of(grid().token)), [], 'another report')
        await denied(system, of(grid().photoToken))
      },
    },
    'grid.photos_of_public_id': {
      why: 'photos that an officer has cleared, of what outsiders see',
      async foreign() {
        const { owner } = world().scene
        const of = sql<{ id: string }>`select id from grid.photos_of_public_id(${grid().publicId})`
        assert.deepEqual(await ask(nobody, of), [], 'nobody has cleared it')
        const clear = (shown: boolean) => owner.query('update grid.photo set shown = $2 where id = $1', [grid().photo, shown])
        await clear(true)
        assert.deepEqual(await ask(nobody, of), [{ id: grid().photo }])
        await owner.query('update grid.incident set shown = false where id = $1', [grid().filed])
        assert.deepEqual(await ask(nobody, of), [], 'the whole is hidden')
        await owner.query('update grid.incident set shown = true where id = $1', [grid().filed])
        await clear(false)
        await denied(system, of)
      },
    },
    'grid.times_sent': {
      why: 'how often the same photo came, also elsewhere: a number; which reports of other areas they are nobody is told',
      async foreign() {
        const of = n(sql`grid.times_sent(${grid().photo})`)
        const [own] = await ask(staff(place.city), of)
        assert.ok(own!.n > 0, 'two incidents of the stages have the same pixel')
        assert.deepEqual(await ask(staff(place.nextStreet), of), [{ n: 0 }], 'another area')
        assert.deepEqual(await ask(staff(place.city, ['health']), of), [{ n: 0 }], 'another line')
        for (const scope of [system, ...outsiders()]) await denied(scope, of)
      },
    },
  }
}
