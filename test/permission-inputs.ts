/** For each operation a valid input, drawn from a case at some stage. Only ids differ from row to row. */
import { randomBytes, randomUUID } from 'node:crypto'
import { place } from './harness/scene.ts'
import { answersOf, numberOf, PDF, type Stage } from './harness/stages.ts'

/** 住址证明 is not there: a visit stood in for it. */
const CHECKED = [{ material: 'address-proof', reason: '上门核实过', basis: '' }]
const onCase = (s: Stage) => ({ caseId: s.caseId })
const withNote = (s: Stage) => ({ ...onCase(s), note: '已看过' })
/** A well-formed number that nobody of a scene has. */
export const NOBODYS = numberOf('19700102', 977)
const nothing = () => ({})
const bytes = new Uint8Array(PDF)

export const inputs: Readonly<Record<string, (s: Stage) => object>> = {
  'people.bind-account': (s) => ({ personId: s.nextPersonId, phone: '10000009999', documentSeen: 'id-card' }),
  'access.change-phone': () => ({ phone: '10000009998', code: '123456' }),
  'access.choose-display': () => ({ mode: 'elder' }),
  'access.list-own-reads': nothing,
  'access.read-display': nothing,
  'audit.seal-status': nothing,
  'people.unbind-account': (s) => ({ personId: s.member.personId, reason: '换了手机号' }),
  'cases.accept': onCase,
  'cases.answer-correction': (s) => ({ ...onCase(s), typed: { property: 'none' } }),
  'cases.answer-objection': (s) => ({ ...onCase(s), objectionId: s.objectionId, answer: '核对过，只有一套' }),
  'cases.answer-question': (s) => ({ draftId: s.draftId, question: 'about-you', typed: { 'about-you': 'yes' } }),
  'cases.approve-extension': onCase,
  'cases.authorise-check': (s) => ({ memberId: s.member.memberId }),
  'cases.check-own-conditions': () => ({ matterCode: 'longevity-allowance' }),
  'cases.close': onCase,
  'cases.complete-authorisation': withNote,
  'cases.confirm': withNote,
  'cases.confirm-survey': (s) => ({ ...withNote(s), presence: 'there' }),
  'cases.correct-basis': (s) => ({ ...onCase(s), basis: '市民政局通知', reason: '文号写错了' }),
  'cases.decide': (s) => ({ ...onCase(s), outcome: 'granted', reasons: '' }),
  'cases.deliver': (s) => ({ ...onCase(s), how: 'window', to: '本人' }),
  'cases.discard-draft': (s) => ({ draftId: s.draftId }),
  'cases.end-notice': withNote,
  'cases.find-by-number': (s) => ({ number: s.number }),
  'cases.issue': onCase,
  'cases.list-authorisations': nothing,
  'cases.list-drafts': nothing,
  'cases.list-notices': nothing,
  'cases.list-own': nothing,
  'cases.list-work': nothing,
  'cases.object-to-notice': (s) => ({ noticeId: s.noticeId, text: '他家有两套房' }),
  'cases.pause': (s) => ({ ...onCase(s), type: '示例中止', basis: '示例依据', reason: '等法院的判决', expectedOn: '2026-12-20' }),
  'cases.preview-act': (s) => ({ ...onCase(s), action: 'accept' }),
  'cases.publish-notice': onCase,
  'cases.rate': (s) => ({ ...onCase(s), grade: 5 }),
  'cases.read-case': onCase,
  'cases.read-draft': (s) => ({ draftId: s.draftId }),
  'cases.read-figures': nothing,
  'cases.read-own': onCase,
  'cases.receive-at-window': (s) => ({
    personId: s.nextPersonId,
    matterCode: 'longevity-allowance',
    typed: answersOf['longevity-allowance']!(),
  }),
  'cases.recompute-provisional': nothing,
  'cases.record-basis': (s) => ({ ...onCase(s), basis: '区民政局通知' }),
  'cases.record-data-check': (s) => ({ ...withNote(s), monthlyIncomeFen: 100_000, propertyOk: true }),
  'cases.record-paper-authorisation': (s) => ({ ...onCase(s), memberId: s.member.memberId }),
  'cases.record-survey': (s) => ({ ...withNote(s), visitedOn: '2026-11-24', secondOfficer: s.secondOfficer }),
  'cases.refuse-competence': (s) => ({ ...onCase(s), organ: '户籍所在地的街道', reason: '户口不在这里' }),
  'cases.register': (s) => ({ ...onCase(s), reasons: '当面核对过', without: CHECKED }),
  'cases.request-correction': (s) => ({ ...onCase(s), missing: [], text: '请补一份说明' }),
  'cases.request-extension': (s) => ({ ...onCase(s), days: 5, reason: '等外地核对' }),
  'cases.resume': onCase,
  'cases.review': withNote,
  'cases.send-back': (s) => ({ ...onCase(s), reason: '请再确认一次' }),
  'cases.start-draft': () => ({ matterCode: 'residence-registration' }),
  'cases.submit-draft': (s) => ({ draftId: s.draftId, declared: 'yes' }),
  'cases.take-down-notices': nothing,
  'cases.withdraw': (s) => ({ ...onCase(s), reason: '' }),
  'cases.withdraw-material': (s) => ({ ...onCase(s), materialId: s.materialId, reason: '交错了' }),
  'documents.add-case-file': (s) => ({ ...onCase(s), material: 'income-proof', fileName: 'a.pdf', bytes }),
  'documents.add-draft-file': (s) => ({ draftId: s.draftId, material: 'income-proof', fileName: 'a.pdf', bytes }),
  'documents.check-bytes': (s) => ({ bytes: s.printed }),
  'documents.check-document': (s) => ({ documentId: s.documentId }),
  'documents.count-unprinted': nothing,
  'documents.print-waiting': nothing,
  'documents.read-document': (s) => ({ documentId: s.documentId }),
  'documents.read-file': (s) => ({ fileId: s.fileId }),
  'documents.read-signature': (s) => ({ documentId: s.documentId }),
  'documents.sweep-files': nothing,
  'documents.remove-draft-file': (s) => ({ draftId: s.draftId, materialId: s.draftMaterialId }),
  'messages.list-messages': nothing,
  'messages.mark-read': nothing,
  'people.change-own-bank-account': () => ({ number: '6222021111111111112', bank: '' }),
  'people.read-own-identity': nothing,
  'people.find-person': (s) => ({ idNumber: s.idNumber }),
  'people.read-person': (s) => ({ personId: s.nextPersonId, purpose: 'window-service' }),
  'people.record-dwelling': (s) => ({
    personId: s.nextPersonId,
    community: place.community,
    address: '示例路 2 号',
    since: '2026-11-01',
  }),
  'people.register-person': () => ({
    name: '林新来',
    idNumber: NOBODYS,
    hukou: 'here',
    hukouCode: '',
    community: place.community,
    address: '示例路 3 号',
  }),
  'people.search-persons': () => ({ part: '陈秀' }),
  'people.show-hit': (s) => ({ personId: s.nextPersonId }),
}

/** The same act on things that never existed. */
export const neverExisted = (s: Stage): Stage => ({
  ...s,
  caseId: randomUUID(), number: '20200101-9999', member: { ...s.member, memberId: randomUUID(), personId: randomUUID() }, noticeId: randomUUID(), objectionId: randomUUID(), draftId: randomUUID(),
  draftMaterialId: randomUUID(), materialId: randomUUID(), fileId: randomUUID(), documentId: randomUUID(), nextPersonId: randomUUID(),
  idNumber: numberOf('19700103', 978), printed: new Uint8Array(randomBytes(200)),
}) // biome-ignore format: every id
