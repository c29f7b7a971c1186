/** What a proxy sees of the person for whom she acts: the named matters only, and each look is a look. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { personRead, type Work } from '../../../platform/use-case/use-case.ts'
import { type Proxied, refuseNotSent, sentUnder } from '../../access/index.ts'
import { listDocuments, listMaterials, type MaterialRow } from '../../documents/index.ts'
import type { Matter } from '../../matters/index.ts'
import { factsByProxy, maskedIdNumberOf, type PersonFacts } from '../../people/index.ts'
import { openCase } from '../act.ts'
import type { CaseState } from '../case.ts'
import { obstacleOf } from '../possible.ts'
import { type Found, getCase } from '../store.ts'
import type { OwnCaseLine } from './look.ts'
import { OnCase } from './shapes.ts'

export const proxyOf = ({ actor }: Pick<Work, 'actor'>): Proxied => {
  if (actor.kind !== 'proxy') throw new Refusal('access.not_for_you', 'forbidden')
  return actor
}

/** The entry of a look that a proxy makes. */
export const lookOf = (work: Pick<Work, 'actor'>) => ({ personIds: [proxyOf(work).personId], purpose: 'proxy', caseId: null })

export interface CaseByProxy extends OwnCaseLine {
  /** Sent by her who asks, under this proxy: she may go on with it. */
  sent: boolean
}

export const listCasesByProxy = personRead({
  operation: 'cases.list-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<CaseByProxy[]>({}),
  about: async (work) => lookOf(work),
  run: (work) =>
    work.tx.rows(sql<CaseByProxy>`select id, number, matter_code as "matterCode", status, step, due_at as "dueAt", case when status = 'correcting' then correction->>'answerBy' end as "answerBy", received_at as "receivedAt",
        ${sentUnder(proxyOf(work).proxyId)} as sent
      from cases.case c where applicant_id = ${proxyOf(work).personId} and matter_code = any(${[...proxyOf(work).matters]}::text[]) order by received_at desc limit 100`),
})

export interface SentCase {
  found: Pick<Found, 'id' | 'number' | 'receivedAt'> & { state: Pick<CaseState, 'status' | 'correction'> }
  matter: Matter
  materials: MaterialRow[]
  facts: PersonFacts
  /** Masked. */
  idNumber: string | null
  receiptId: string | null
  /** Only the other herself can agree to the check. */
  ownWordOpen: boolean
  may: { answerCorrection: boolean; withdraw: boolean }
}

/** What she sent for another: how it stands, what a correction asks, and the receipt. Nothing of how it is decided. */
export const readSentByProxy = personRead({
  operation: 'cases.read-sent-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A2',
  input: Type.Object(OnCase),
  output: Type.Unsafe<SentCase>({}),
  async about(work, { caseId }) {
    await refuseNotSent(work, caseId)
    return lookOf(work)
  },
  async run(work, { caseId }): Promise<SentCase> {
    await refuseNotSent(work, caseId)
    const { tx } = work
    const { crypto } = work.call.platform.services
    const found = await getCase(tx, caseId)
    const { id, number, receivedAt, applicantId } = found
    const [open, materials, documents, facts, idNumber] = await Promise.all([
      openCase(work, found),
      listMaterials(tx, caseId, crypto),
      listDocuments(tx, caseId),
      factsByProxy(tx, applicantId, dayOf(work.now)),
      maskedIdNumberOf(tx, crypto, applicantId),
    ])
    const can = (action: 'agree' | 'answer_correction' | 'withdraw') =>
      obstacleOf(action, found.state, open.matter, open.standing) === null
    const { status, correction } = found.state
    return {
      found: { id, number, receivedAt, state: { status, correction } },
      matter: open.matter,
      materials,
      facts,
      idNumber,
      receiptId: documents.find(({ kind }) => kind === 'receipt')?.id ?? null,
      ownWordOpen: can('agree'),
      may: { answerCorrection: can('answer_correction'), withdraw: can('withdraw') },
    }
  },
})
