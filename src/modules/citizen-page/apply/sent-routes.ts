/** What somebody sent for another: how it stands, the answer to a correction, taking it back, and its receipt. The address says for whom. */
import { readSentByProxy, type SentCase } from '../../../core/cases/index.ts'
import { readReceiptByProxy } from '../../../core/documents/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { proxyCall } from '../proxies/proxy-call.ts'
import { namingFiles, sendCorrection, sendWithdrawal } from './case-routes.ts'
import { AlreadyPage } from './pages/aside.tsx'
import { CorrectionPage } from './pages/correction.tsx'
import { SentPage } from './pages/sent.tsx'
import { WithdrawPage } from './pages/withdraw.tsx'
import { errorsOf, idIn, isAlready, megabytesOf, typedIn } from './request.ts'

const UNDER = '/for/:id/cases/:caseId'

export function sentRoutes({ pages }: Rooms): void {
  pages.get(UNDER, inHerName(drawSent))
  pages.get(`${UNDER}/correction`, inHerName(drawCorrection))
  pages.post(
    `${UNDER}/correction`,
    inHerName(async (r) => {
      await sendCorrection(r, await sentCase(r))
      return `${casePath(r)}?done=corrected`
    }),
    inHerName(drawCorrection),
    { at: (r) => `${casePath(r)}/correction` },
  )
  pages.get(`${UNDER}/withdrawal`, inHerName(drawWithdrawal))
  pages.post(
    `${UNDER}/withdrawal`,
    inHerName(async (r) => {
      await sendWithdrawal(r)
      return `${casePath(r)}?done=withdrawn`
    }),
    inHerName(drawWithdrawal),
    { at: (r) => `${casePath(r)}/withdrawal` },
  )
  pages.file(`${UNDER}/receipt`, async (r) => {
    const call = await proxyCall(r)
    const { receiptId } = await readSentByProxy.run(call, { caseId: caseIdIn(r) })
    if (!receiptId) throw new Refusal('document.not_found', 'missing')
    const { bytes, mediaType, name } = await readReceiptByProxy.run(call, { documentId: receiptId })
    return { bytes, mediaType, name, download: true }
  })
}

/** Who acts, looked up anew at each request. */
const inHerName =
  <Rest extends unknown[], T>(show: (r: PageRequest, ...rest: Rest) => Promise<T>) =>
  async (r: PageRequest, ...rest: Rest): Promise<T> =>
    show({ ...r, call: await proxyCall(r) }, ...rest)

const caseIdIn = (r: PageRequest): string => idIn(r, 'caseId', 'case.not_found')
const casePath = ({ params }: PageRequest): string => `/for/${params.id}/cases/${params.caseId}`
const sentCase = (r: PageRequest): Promise<SentCase> => readSentByProxy.run(r.call, { caseId: caseIdIn(r) })
const nameOf = ({ call: { actor } }: PageRequest): string => (actor.kind === 'proxy' ? actor.name : '')

async function drawSent(r: PageRequest) {
  return SentPage({ view: r.view, sent: await sentCase(r), home: `/for/${r.params.id}`, name: nameOf(r), done: r.query.done })
}

/** The same form sent before: what it did stands on the page of the case. */
const already = (r: PageRequest, problem?: Problem) =>
  problem && (isAlready(problem.refusal) || problem.refusal.code === 'case.not_now')
    ? AlreadyPage({ view: r.view, message: problem.message, to: { href: casePath(r), label: r.view.t('apply.already.see') } })
    : null

async function drawCorrection(r: PageRequest, problem?: Problem) {
  const done = already(r, problem)
  if (done) return done
  const sent = await sentCase(r)
  if (!sent.may.answerCorrection) return drawSent(r)
  return CorrectionPage({
    view: r.view,
    own: sent,
    at: casePath(r),
    name: nameOf(r),
    pack: r.call.platform.services.packs.inForce(),
    typed: typedIn(r),
    megabytes: megabytesOf(r),
    errors: problem ? namingFiles(r.view, sent, errorsOf(r.view, problem)) : {},
    formKey: r.newKey,
  })
}

async function drawWithdrawal(r: PageRequest, problem?: Problem) {
  const done = already(r, problem)
  if (done) return done
  const sent = await sentCase(r)
  if (!sent.may.withdraw) return drawSent(r)
  return WithdrawPage({
    view: r.view,
    own: sent,
    at: casePath(r),
    name: nameOf(r),
    reason: r.body.reason ?? '',
    errors: problem ? errorsOf(r.view, problem) : {},
    formKey: r.newKey,
  })
}
