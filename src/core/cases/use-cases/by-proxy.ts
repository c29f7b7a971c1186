/** What a proxy sees of the person for whom she acts: the named matters only, and each look is a look. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { personRead, type Work } from '../../../platform/use-case/use-case.ts'
import type { Proxied } from '../../access/index.ts'
import type { OwnCaseLine } from './look.ts'

export const proxyOf = ({ actor }: Pick<Work, 'actor'>): Proxied => {
  if (actor.kind !== 'proxy') throw new Refusal('access.not_for_you', 'forbidden')
  return actor
}

/** The entry of a look that a proxy makes. */
export const lookOf = (work: Pick<Work, 'actor'>) => ({ personIds: [proxyOf(work).personId], purpose: 'proxy', caseId: null })

export const listCasesByProxy = personRead({
  operation: 'cases.list-by-proxy',
  permission: null,
  actors: ['proxy'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<OwnCaseLine[]>({}),
  about: async (work) => lookOf(work),
  run: (work) =>
    work.tx.rows(sql<OwnCaseLine>`select id, number, matter_code as "matterCode", status, step, due_at as "dueAt", case when status = 'correcting' then correction->>'answerBy' end as "answerBy", received_at as "receivedAt"
      from cases.case where applicant_id = ${proxyOf(work).personId} and matter_code = any(${[...proxyOf(work).matters]}::text[]) order by received_at desc limit 100`),
})
