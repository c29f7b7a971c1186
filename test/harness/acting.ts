/** A mother and the daughter who acts for her, for stories that go on from there. */
import { type Browser, browser, newKey } from '../../src/modules/citizen-page/apply/scene.ts'
import type { Scene } from './scene.ts'
import { bankAccount } from './searched.ts'
import { secondFactor } from './second-factor.ts'

/** Confirmed by a second factor, which holds for ten minutes. */
export async function acting(
  scene: Scene,
  { name = '陈玉兰', bornOn = '1946-01-02', matters }: { name?: string; bornOn?: string; matters: string[] },
) {
  const mother = await scene.neighbour({ name, bornOn })
  await bankAccount(scene, mother.personId)
  const daughter = await scene.resident({ name: '李小红', bornOn: '1975-01-01' })
  const id = await proxyFor(scene, mother.personId, daughter.personId, matters)
  const home = `/for/${id}`
  const b = browser(scene, daughter)
  const { again } = await secondFactor(scene, b)
  await again(home)
  return { mother, daughter, id, home, b, again }
}

export async function proxyFor(scene: Scene, principal: string, proxy: string, matters: string[]): Promise<string> {
  const { rows } = await scene.owner.query(
    `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at)
     values (gen_random_uuid(), $1, $2, $3, '2026-01-01', '2027-06-30', $4, 'own', $4, $4) returning id`,
    [principal, proxy, matters, scene.now()],
  )
  return rows[0].id
}

/** @returns address of the draft */
export async function begunFor(b: Browser, home: string, matter: string): Promise<string> {
  const token = /name="_csrf" value="([^"]+)"/.exec((await b.get('/me/proxies')).html)![1]!
  return (await b.post(`${home}/apply`, { _csrf: token, _key: newKey(), matter })).to!
}
