/** A phone comes back after a week: its queue goes up a hundred records at a time, reports with a point and visits, all new. */
import { randomUUID } from 'node:crypto'
import { COMMUNITY } from '../fill.ts'

const AT_ONCE = 100

interface Phone {
  address: string
  cookie: string
}

async function post({ address, cookie }: Phone, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${address}/api/v1/field${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

const record = (n: number, seenAt: string) =>
  n % 3 === 0
    ? { id: randomUUID(), kind: 'visit', seenAt, area: COMMUNITY, words: `看过消防通道 ${n}` }
    : {
        id: randomUUID(),
        kind: 'report',
        seenAt,
        classCode: 'street-lamp',
        words: `路灯不亮 ${n}`,
        place: { lon: 113.35, lat: 23.15, crs: 'CGCS2000', area: COMMUNITY },
      }

/** Records a second, from one phone, the best of the rounds. @throws when one was not done */
export async function fieldSyncRate(phone: Phone, rounds: number): Promise<number> {
  const deviceId = randomUUID()
  await post(phone, '/devices', { deviceId })
  let best = 0
  for (let round = 0; round < rounds; round++) {
    const sentAt = new Date().toISOString()
    const records = Array.from({ length: AT_ONCE }, (_, n) => record(n, sentAt))
    const began = performance.now()
    const { answers } = (await post(phone, '/records', { deviceId, sentAt, records })) as { answers: { outcome: string }[] }
    const seconds = (performance.now() - began) / 1000
    const wrong = answers.find(({ outcome }) => outcome !== 'done')
    if (wrong) throw new Error(`a record was not done: ${JSON.stringify(wrong)}`)
    best = Math.max(best, AT_ONCE / seconds)
  }
  return Math.round(best)
}
