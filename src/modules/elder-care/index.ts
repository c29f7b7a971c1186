import type { AssessmentFor, Rooms } from '../rooms.ts'
import { careRoutes } from './routes.ts'
import { readStanding } from './use-cases.ts'

/** 养老服务: what is assessed of elderly applicants. */
export function elderCare(rooms: Rooms): void {
  careRoutes(rooms)
}

const TONES = { none: 'info', waits_second: 'info', differs: 'warn', settled: 'good' } as const

/** 能力评估 on the page of its case: how it stands, and what whoever looks can do about it. */
export const assessmentOfCase: AssessmentFor = async (r, caseId) => {
  const { status, signed } = await readStanding.run(r.call, { caseId })
  return { text: r.view.t(`care.next.${status}${signed && status !== 'settled' ? '_signed' : ''}`), tone: TONES[status] }
}
