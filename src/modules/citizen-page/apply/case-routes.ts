import {
  agreeToCheck,
  answerCorrection,
  listDrafts,
  listOwnCases,
  type OwnCase,
  rateCase,
  readOwnCase,
  type SentCase,
  withdrawCase,
  withdrawMaterial,
} from '../../../core/cases/index.ts'
import { addCaseFile } from '../../../core/documents/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { pick } from '../../../platform/words.ts'
import type { Errors, PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { AlreadyPage } from './pages/aside.tsx'
import { CasePage } from './pages/case.tsx'
import { CasesPage } from './pages/cases.tsx'
import { asked, CorrectionPage } from './pages/correction.tsx'
import { ReceiptPage } from './pages/receipt.tsx'
import { WithdrawMaterialPage, WithdrawPage } from './pages/withdraw.tsx'
import { at, errorsOf, idIn, isAlready, megabytesOf, nthCall, typedIn } from './request.ts'
import { storeUploads } from './uploads.ts'

/** One's own cases: where each stands, and what the applicant may still do. */
export function caseRoutes({ pages }: Rooms): void {
  pages.get('/me/cases', async (r) =>
    CasesPage({
      view: r.view,
      pack: packInForce(r),
      cases: await listOwnCases.run(r.call, {}),
      drafts: await listDrafts.run(r.call, {}),
      kept: r.query.kept === '1',
    }),
  )
  pages.get('/me/cases/:caseId', async (r) => (r.query.sent === '1' ? drawReceipt(r) : drawCase(r)))
  pages.get('/me/cases/:caseId/correction', async (r) => drawCorrection(r))
  pages.post('/me/cases/:caseId/correction', correct, drawCorrection, {
    at: (r) => `${casePath(r)}/correction`,
  })
  pages.post(
    '/me/cases/:caseId/agreement',
    async (r) => {
      await agreeToCheck.run(r.call, { caseId: caseIdIn(r) })
      return `${casePath(r)}#course`
    },
    async (r, problem) => drawCase(r, problem),
    { at: casePath },
  )
  pages.get('/me/cases/:caseId/withdrawal', async (r) => drawWithdrawal(r))
  pages.post('/me/cases/:caseId/withdrawal', withdraw, async (r, problem) => already(r, problem) ?? drawWithdrawal(r, problem), {
    at: (r) => `${casePath(r)}/withdrawal`,
  })
  pages.get('/me/cases/:caseId/materials/:materialId/withdrawal', async (r) => drawMaterial(r))
  pages.post(
    '/me/cases/:caseId/materials/:materialId/withdrawal',
    withdrawOne,
    async (r, problem) => already(r, problem) ?? drawMaterial(r, problem),
    { at: (r) => `${casePath(r)}/materials/${r.params.materialId}/withdrawal` },
  )
  pages.post('/me/cases/:caseId/rating', rate, async (r, problem) => drawRated(r, problem), { at: casePath })
}

const casePath = ({ params }: PageRequest): string => `/me/cases/${params.caseId}`
const packInForce = (r: PageRequest) => r.call.platform.services.packs.inForce()
const caseIdIn = (r: PageRequest): string => idIn(r, 'caseId', 'case.not_found')
const ownCase = (r: PageRequest): Promise<OwnCase> => readOwnCase.run(r.call, { caseId: caseIdIn(r) })

async function drawCase(r: PageRequest, problem?: Problem) {
  const own = await ownCase(r)
  const pinned = await r.call.platform.services.packs.at(own.found.state.packHash)
  return CasePage({
    view: r.view,
    own,
    pack: pinned,
    newest: packInForce(r),
    now: r.call.now,
    errors: problem ? errorsOf(r.view, problem) : {},
    formKey: r.newKey,
  })
}

async function drawReceipt(r: PageRequest) {
  return ReceiptPage({ view: r.view, own: await ownCase(r), publicUrl: r.call.platform.services.publicUrl })
}

async function drawCorrection(r: PageRequest, problem?: Problem) {
  const done = problem && already(r, problem)
  if (done) return done
  const own = await ownCase(r)
  if (!own.may.answerCorrection)
    return problem ? AlreadyPage({ view: r.view, message: problem.message, to: toCase(r) }) : drawCase(at(r, casePath(r)))
  return CorrectionPage({
    view: r.view,
    own,
    at: casePath(r),
    pack: packInForce(r),
    typed: typedIn(r),
    megabytes: megabytesOf(r),
    errors: problem ? namingFiles(r.view, own, errorsOf(r.view, problem)) : {},
    formKey: r.newKey,
  })
}

/** Of several papers each error says which one it is about. */
export function namingFiles({ t, lang }: PageRequest['view'], own: OwnCase | SentCase, errors: Errors): Errors {
  const named = asked(own).materials.flatMap(({ code, name }) => {
    const why = errors[`file-${code}`]
    return why ? [[`file-${code}`, t('own.correction.of_file', { name: pick(name, lang), why })]] : []
  })
  return { ...errors, ...Object.fromEntries(named) }
}

/** Files first, then the answers: what came in stays, whatever is still to be mended. */
async function correct(r: PageRequest) {
  await sendCorrection(r, await ownCase(r))
  return casePath(r)
}

export async function sendCorrection(r: PageRequest, own: OwnCase | SentCase): Promise<void> {
  const caseId = own.found.id
  const { materials } = asked(own)
  const named = materials.map((m) => ({ code: m.code, files: r.uploads.filter((u) => u.field === `file-${m.code}`) }))
  let n = 0
  for (const { code, files } of named)
    await storeUploads(
      r,
      (file) => addCaseFile.run(nthCall(r.call, n++), { caseId, material: code, fileName: file.name, bytes: file.bytes }),
      code,
      files,
    )
  await answerCorrection.run(r.call, { caseId, typed: typedIn(r) })
}

async function drawWithdrawal(r: PageRequest, problem?: Problem) {
  const own = await ownCase(r)
  return own.may.withdraw
    ? WithdrawPage({
        view: r.view,
        own,
        at: casePath(r),
        reason: r.body.reason ?? '',
        errors: problem ? errorsOf(r.view, problem) : {},
        formKey: r.newKey,
      })
    : drawCase(at(r, casePath(r)), problem)
}

async function withdraw(r: PageRequest) {
  await sendWithdrawal(r)
  return casePath(r)
}

export async function sendWithdrawal(r: PageRequest): Promise<void> {
  const reason = r.body.reason ?? ''
  if ([...reason].length > 500)
    throw new Refusal('answer.too_long', 'invalid', { length: [...reason].length, max: 500, fields: [{ path: '/reason' }] })
  await withdrawCase.run(r.call, { caseId: caseIdIn(r), reason })
}

async function drawMaterial(r: PageRequest, problem?: Problem) {
  const own = await ownCase(r)
  const material = own.materials.find((m) => m.id === r.params.materialId && !m.withdrawnAt)
  if (!material) throw new Refusal('material.not_found', 'missing')
  return WithdrawMaterialPage({
    view: r.view,
    at: casePath(r),
    material,
    reason: r.body.reason ?? '',
    errors: problem ? errorsOf(r.view, problem) : {},
    formKey: r.newKey,
  })
}

async function withdrawOne(r: PageRequest) {
  const reason = (r.body.reason ?? '').trim()
  if (reason === '') throw new Refusal('answer.missing', 'invalid', { fields: [{ path: '/reason' }] })
  if ([...reason].length > 500)
    throw new Refusal('answer.too_long', 'invalid', { length: [...reason].length, max: 500, fields: [{ path: '/reason' }] })
  await withdrawMaterial.run(r.call, { caseId: caseIdIn(r), materialId: idIn(r, 'materialId', 'material.not_found'), reason })
  return casePath(r)
}

/** On the page the best is 5; in the books of 好差评 it is 1. */
async function rate(r: PageRequest) {
  const shown = Number(r.body.grade)
  if (!Number.isInteger(shown) || shown < 1 || shown > 5)
    throw new Refusal('answer.choose', 'invalid', { fields: [{ path: '/grade' }] })
  await rateCase.run(r.call, { caseId: caseIdIn(r), grade: 6 - shown })
  return `${casePath(r)}#rated`
}

/** Rated before, by this form or another: the page thanks for the first, which counts. */
const drawRated = (r: PageRequest, problem: Problem) => (isAlready(problem.refusal) ? drawCase(r) : drawCase(r, problem))

const toCase = (r: PageRequest) => ({ href: casePath(r), label: r.view.t('apply.already.see') })

/** The same form sent before, with other words in it. */
const already = (r: PageRequest, { refusal, message }: Problem) =>
  isAlready(refusal) ? AlreadyPage({ view: at(r, casePath(r)).view, message, to: toCase(r) }) : null
