import {
  answerQuestion,
  type DraftView,
  discardDraft,
  readDraft,
  readDraftByProxy,
  startDraft,
  submitDraft,
} from '../../../core/cases/index.ts'
import { addDraftFile, removeDraftFile } from '../../../core/documents/index.ts'
import type { Question } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { KEEP, type PageRequest, type Pages, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { proxyCall } from '../proxies/proxy-call.ts'
import { nextPage, typedOf } from './answers.tsx'
import { AlreadyPage, DiscardPage, IdentityPage } from './pages/aside.tsx'
import { CheckPage } from './pages/check.tsx'
import { FIRST_ROWS, MOST_ROWS } from './pages/members.tsx'
import { QuestionPage } from './pages/question.tsx'
import { at, caseOf, errorsOf, idIn, isAlready, megabytesOf, nthCall, type Typed, typedIn } from './request.ts'
import { storeUploads } from './uploads.ts'
import { wayOf } from './way.ts'

/** An application being written, one question a page, until it is sent: one's own, and for whom one acts. */
export function draftRoutes({ pages }: Rooms): void {
  pages.post('/apply', async (r) => {
    const matterCode = r.body.matter ?? ''
    if (r.call.actor.kind === 'public') return `${paths.signIn}?next=${encodeURIComponent(`/matters/${matterCode}`)}`
    return begin(r, matterCode)
  })
  writing(pages, '/apply', async (r) => r)
  // The address says for whom: two windows of a browser cannot be mixed up.
  const inHerName: Enter = async (r) => ({ ...r, call: await proxyCall(r) })
  pages.post('/for/:id/apply', async (r) => begin(await inHerName(r), r.body.matter ?? ''))
  writing(pages, '/for/:id/apply', inHerName)
}

/** Who acts, looked up anew at each request. */
type Enter = (r: PageRequest) => Promise<PageRequest>

async function begin(r: PageRequest, matterCode: string): Promise<string> {
  const { draftId } = await startDraft.run(r.call, { matterCode })
  const at = wayOf(r, draftId).draft
  // Not looked at here: whoever acts for another shows her second factor at the page itself, which the browser can come back to.
  return r.call.actor.kind === 'proxy' ? at : `${at}/${nextPage(await readDraft.run(r.call, { draftId }))}`
}

function writing(pages: Pages, under: string, enter: Enter): void {
  const as =
    <Rest extends unknown[], T>(show: (r: PageRequest, ...rest: Rest) => Promise<T>) =>
    async (r: PageRequest, ...rest: Rest): Promise<T> =>
      show(await enter(r), ...rest)
  pages.get(`${under}/:draftId`, as(drawNext))
  pages.get(
    `${under}/:draftId/check`,
    as(async (r) => drawCheck(r, await draftOf(r))),
  )
  pages.get(
    `${under}/:draftId/identity`,
    as(async (r) => IdentityPage({ view: r.view, draft: (await draftOf(r)).draft })),
  )
  pages.post(
    `${under}/:draftId/send`,
    as(send),
    as(async (r, problem: Problem) => (await alreadySent(r, problem)) ?? drawCheck(r, await draftOf(r), problem)),
    { at: (r) => `${wayOf(r).draft}/check` },
  )
  pages.get(`${under}/:draftId/discard`, as(drawDiscard))
  pages.post(
    `${under}/:draftId/discard`,
    as(async (r) => {
      await discardDraft.run(r.call, { draftId: idIn(r, 'draftId', 'draft.not_found') })
      return wayOf(r).home
    }),
  )
  pages.get(
    `${under}/:draftId/:question`,
    as(async (r) => {
      const page = await draftOf(r)
      return drawQuestion(r, page, questionOf(page, r.params.question))
    }),
  )
  pages.post(`${under}/:draftId/:question`, as(answer), as(drawAnswerAgain), { at: questionPath, more: as(drawMoreRows) })
  pages.post(`${under}/:draftId/:question/files/:material`, as(upload), as(drawFilesAgain), { at: questionPath })
  pages.post(
    `${under}/:draftId/:question/files/:materialId/removal`,
    as(async (r) => {
      await removeDraftFile.run(r.call, {
        draftId: idIn(r, 'draftId', 'draft.not_found'),
        materialId: idIn(r, 'materialId', 'material.not_found'),
      })
      return questionPath(r)
    }),
  )
}

const questionPath = (r: PageRequest): string => `${wayOf(r).draft}/${r.params.question}`
const packOf = (r: PageRequest) => r.call.platform.services.packs.inForce()
const draftOf = (r: PageRequest): Promise<DraftView> =>
  (r.call.actor.kind === 'proxy' ? readDraftByProxy : readDraft).run(r.call, { draftId: idIn(r, 'draftId', 'draft.not_found') })

async function drawNext(r: PageRequest) {
  const page = await draftOf(r)
  const code = nextPage(page)
  return code === 'check' ? drawCheck(r, page) : drawQuestion(r, page, questionOf(page, code))
}

const drawDiscard = async (r: PageRequest) =>
  DiscardPage({ view: r.view, draft: (await draftOf(r)).draft, way: wayOf(r), formKey: r.newKey })

/** A page for a paper of which nothing is on record: asked of nobody else, and no question of the matter. */
function paperOf(papers: DraftView['notOnRecord'], code: string | undefined): Question | undefined {
  const paper = papers.find((material) => material.code === code)
  return paper && { code: paper.code, kind: 'files', ask: paper.name, materials: [paper.code], required: false }
}

function questionOf({ draft, notOnRecord }: DraftView, code: string | undefined): Question {
  const question = draft.asked.find((q) => q.code === code)
  if (question) return question
  const known = draft.matter.questions.some((q) => q.code === code)
  const paper = known ? undefined : paperOf(notOnRecord, code)
  if (paper) return paper
  throw known ? new Refusal('draft.question_not_asked', 'conflict') : new Refusal('draft.question_unknown', 'missing')
}

async function answer(r: PageRequest) {
  const page = await draftOf(r)
  const question = questionOf(page, r.params.question)
  if (r.body.more === 'row') return KEEP
  if (question.kind === 'files') await keepFiles(r, page.draft.id, question.materials ?? [])
  if (!page.draft.asked.includes(question)) return `${wayOf(r).draft}/check`
  // Nobody confirms what was not shown: without facts the question stays open.
  const next =
    question.kind !== 'confirm' || page.facts
      ? (await answerQuestion.run(r.call, { draftId: page.draft.id, question: question.code, typed: typedIn(r) })).next
      : page.draft.asked[page.draft.asked.indexOf(question) + 1]?.code
  return `${wayOf(r).draft}/${next ?? 'check'}`
}

async function drawAnswerAgain(r: PageRequest, problem: Problem) {
  const page = await draftOf(r)
  return (await alreadySent(r, problem)) ?? drawQuestion(r, page, questionOf(page, r.params.question), typedIn(r), problem)
}

async function drawMoreRows(r: PageRequest) {
  const page = await draftOf(r)
  return drawQuestion(r, page, questionOf(page, r.params.question), typedIn(r), undefined, rowsIn(r) + 1)
}

async function send(r: PageRequest) {
  const draftId = idIn(r, 'draftId', 'draft.not_found')
  if (r.call.actor.kind === 'resident' && r.call.actor.level === 'A0') return `/apply/${draftId}/identity`
  if (r.body.declared !== 'yes') throw new Refusal('apply.declare_first', 'invalid', { fields: [{ path: '/declared' }] })
  const { caseId } = await submitDraft.run(r.call, { draftId, declared: 'yes' })
  return r.call.actor.kind === 'proxy' ? `${wayOf(r).home}?done=applied` : `/me/cases/${caseId}?sent=1`
}

async function upload(r: PageRequest) {
  const draftId = idIn(r, 'draftId', 'draft.not_found')
  const material = r.params.material ?? ''
  if (r.uploads.length === 0) throw new Refusal('apply.file.none', 'invalid', { fields: [{ path: `/file-${material}` }] })
  const question = questionOf(await draftOf(r), r.params.question)
  await keepFiles(r, draftId, question.materials ?? [])
  return questionPath(r)
}

/** What was chosen, material by material, whichever button was pressed. */
async function keepFiles(r: PageRequest, draftId: string, materials: readonly string[]): Promise<void> {
  let n = 0
  for (const material of materials)
    await storeUploads(
      r,
      (file) => addDraftFile.run(nthCall(r.call, n++), { draftId, material, fileName: file.name, bytes: file.bytes }),
      material,
      r.uploads.filter((file) => file.field === `file-${material}`),
    )
}

async function drawFilesAgain(r: PageRequest, problem: Problem) {
  const page = await draftOf(r)
  return (await alreadySent(r, problem)) ?? drawQuestion(r, page, questionOf(page, r.params.question), {}, problem)
}

/** Sent already, by this form or another: the page that says so, with the way to it. */
async function alreadySent(r: PageRequest, { refusal, message }: Problem) {
  if (!isAlready(refusal)) return null
  const caseId = caseOf(refusal)
  const { t } = r.view
  const { home } = wayOf(r)
  const to = caseId
    ? { href: caseAt(r, caseId), label: t('apply.already.see') }
    : r.params.question
      ? { href: questionPath(r), label: t('apply.already.see_answer') }
      : { href: home, label: t('apply.to_cases') }
  return AlreadyPage({ view: at(r, to.href).view, message, to })
}

/** Whoever acts for another sees how it stands among the other's cases. */
const caseAt = (r: PageRequest, caseId: string): string => (r.call.actor.kind === 'proxy' ? wayOf(r).home : `/me/cases/${caseId}`)

const sentAlready = (r: PageRequest, caseId: string) =>
  AlreadyPage({
    view: r.view,
    message: r.view.t('draft.already_submitted'),
    to: { href: caseAt(r, caseId), label: r.view.t('apply.already.see') },
  })

const rowsIn = (r: PageRequest): number => Math.min(MOST_ROWS, Math.max(FIRST_ROWS, Number(r.body.rows) || FIRST_ROWS))

/** Rows for what was typed or kept, and never fewer than at the start. */
function rowsFor(question: Question, typed: Typed): number {
  const numbers = Object.keys(typed).flatMap((name) =>
    name.startsWith(`${question.code}-`) ? [Number.parseInt(name.slice(question.code.length + 1), 10)] : [],
  )
  return Math.min(MOST_ROWS, Math.max(FIRST_ROWS, ...numbers.filter(Number.isInteger)))
}

function drawQuestion(
  r: PageRequest,
  page: DraftView,
  question: Question,
  typed: Typed = typedOf(question.code, page.draft.answers[question.code]),
  problem?: Problem,
  rows = rowsFor(question, typed),
) {
  if (page.draft.submittedCaseId) return sentAlready(r, page.draft.submittedCaseId)
  return QuestionPage({
    view: r.view,
    way: wayOf(r),
    pack: packOf(r),
    page,
    question,
    typed,
    errors: problem ? onFields(r, question, problem) : {},
    formKey: r.newKey,
    megabytes: megabytesOf(r),
    rows: Math.min(MOST_ROWS, rows),
  })
}

/** A list of people has no field of its own name: its error stands at its first control. */
function onFields(r: PageRequest, { kind, code }: Question, problem: Problem) {
  const errors = errorsOf(r.view, problem)
  if (kind !== 'members' || !errors[code]) return errors
  const { [code]: own, ...others } = errors
  return { [`${code}-alone`]: own!, ...others }
}

function drawCheck(r: PageRequest, page: DraftView, problem?: Problem) {
  if (page.draft.submittedCaseId) return sentAlready(r, page.draft.submittedCaseId)
  return CheckPage({
    view: r.view,
    way: wayOf(r),
    pack: packOf(r),
    page,
    errors: problem ? errorsOf(r.view, problem) : {},
    formKey: r.newKey,
  })
}
