/** Opening a case, by a resident's submission or at the window: one way, so that both leave the same things behind. */
import { sql, together } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/use-case/use-case.ts'
import { holdProxy } from '../access/index.ts'
import { ancestorAt } from '../areas/index.ts'
import { nextDocumentNumber } from '../documents/index.ts'
import type { Matter } from '../matters/index.ts'
import { tell } from '../messages/index.ts'
import { type Person, surnameOf } from '../people/index.ts'
import type { Done } from './act.ts'
import type { Answers } from './answer.ts'
import { writeAnswers } from './answer-store.ts'
import { apply, type Fact, opening } from './case.ts'
import { acceptanceDue } from './due.ts'
import { issuePaper } from './paper.ts'
import { appendFact, type Found, insertCase } from './store.ts'

export interface Received {
  applicant: Person
  matter: Matter
  channel: 'phone' | 'window'
  answers: Answers
  /** Materials that were handed in as files; what the office already holds was not received. */
  given?: readonly string[]
  /** The search that found her, where she only confirmed. */
  foundRun?: string
  /** What an objection is about; of other matters one runs at a time. */
  about?: string
}

const RECEIPT = 'receipt'

export async function receive(
  work: Work,
  { applicant, matter, channel, answers, given = [], foundRun, about = '' }: Received,
): Promise<Done> {
  const { tx, now, call } = work
  await refuseSecond(work, applicant.id, matter, about)
  const pack = call.platform.services.packs.inForce()
  const origin = originOf(matter, applicant)
  const street = ancestorAt(origin, 'street')
  const today = dayOf(now)
  const first = matter.steps[0]!
  // Named on the case, on its receipt and in what she is told.
  const sender = await holdProxy(work)
  const fact: Fact = {
    fact: 'received',
    channel,
    packHash: pack.hash,
    step: first.code,
    handlingArea: ancestorAt(origin, first.level),
    ...(foundRun && { foundRun }),
    ...sender,
    ...acceptanceDue({ pack, area: origin, from: today }),
  }
  const opened: Omit<Found, 'number'> = {
    id: newId(now),
    street,
    matterCode: matter.code,
    matterVersion: matter.version,
    domain: matter.domain,
    originArea: origin,
    applicantId: applicant.id,
    surname: surnameOf(applicant.name),
    channel,
    receivedBy: work.actor.kind === 'staff' ? work.actor.post.id : null,
    receivedAt: now,
    about,
    state: apply(opening(), fact),
  }
  await writeAnswers(work, opened, matter, answers)
  // Numbers come last: from here on every other receipt of this street waits for the commit.
  const [number, sequence] = await together([
    insertCase(tx, opened, matter),
    nextDocumentNumber(work, opened.id, pack.issuingOrgan(opened.domain, opened.state.handlingArea), RECEIPT),
  ])
  const found: Found = { ...opened, number }
  appendFact(work, found.id, found.state.seq, fact, now)
  const receipt = {
    kind: RECEIPT,
    fill: {
      channel: `document.channel.${channel}`,
      reply_by_on: found.state.dueAt ? dayOf(found.state.dueAt) : today,
      proxy: sender.proxyName,
    },
    words: ['channel'],
    lists: { materials: matter.materials.filter((m) => m.source === 'form' || given.includes(m.code)).map((m) => m.name.zh) },
  }
  const documentId = await issuePaper(work, found, pack, receipt, applicant, sequence)
  tell(work, {
    personId: applicant.id,
    caseId: found.id,
    kind: 'received',
    params: {
      number,
      matter: matter.code,
      dueAt: found.state.dueAt?.toISOString() ?? null,
      ...(sender.proxyName && { proxy: sender.proxyName }),
      // Nobody agrees for another: what only she can do is told with it.
      ...(sender.proxyId && matter.steps.some(({ kind }) => kind === 'authorisation') && { consent: 'open' }),
    },
  })
  return { caseId: found.id, number, status: found.state.status, documentId }
}

/** One of a kind at a time. The lock is for her phone and a window at the same moment: each saw none and both opened one. */
async function refuseSecond({ tx }: Work, applicantId: string, matter: Matter, about: string): Promise<void> {
  const [, running] = await together([
    tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`case ${applicantId} ${matter.code}`}, 0))`),
    tx.maybe(
      sql<{
        number: string
      }>`select number from cases.case where applicant_id = ${applicantId} and matter_code = ${matter.code} and about = ${about} and open and status <> 'decided' limit 1`,
    ),
  ])
  if (running) throw new Refusal('case.already_running', 'conflict', { number: running.number })
}

/**
 * Which community a case counts in: where the person lives for what belongs to a place, where the hukou is for what the
 * hukou gives. A person whom no community of this city knows is received at the window, which records the dwelling first.
 */
export function originOf(matter: Matter, person: { livingArea: string | null; hukouArea: string | null }): string {
  const order = matter.counts_at === 'home' ? [person.livingArea] : [person.hukouArea, person.livingArea]
  const area = order.find(
    (code): code is string =>
      code !== null && code.length === 12 && person.livingArea !== null && code.slice(0, 4) === person.livingArea.slice(0, 4),
  )
  if (!area) throw new Refusal('case.no_community', 'conflict')
  return area
}
