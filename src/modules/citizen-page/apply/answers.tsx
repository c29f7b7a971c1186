/** Answers as a person reads them, and as the fields hold them when the page is opened again. */
import { type Answers, claimText, type DraftView } from '../../../core/cases/index.ts'
import type { MaterialRow } from '../../../core/documents/index.ts'
import type { LoadedPack, Question } from '../../../core/matters/index.ts'
import type { PersonFacts } from '../../../core/people/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { type Fact, formatDate, formatMoney, formatNumber, type View } from '../../../ui/index.ts'
import type { Typed } from './request.ts'

type Answer = Answers[string]

/** What is known of the person who asks; nothing of it before she was bound. */
export interface Known {
  facts: PersonFacts | null
  idNumber: string | null
}

export const areaText = ({ t, lang }: View, pack: LoadedPack, code: string): string =>
  pack.areaRowIn(t, lang, code) || t('apply.fact.elsewhere')

export const bankText = (view: View, facts: PersonFacts): string | null =>
  facts.bank &&
  (facts.bank.bank
    ? view.t('apply.bank', { bank: facts.bank.bank, last: facts.bank.last_four })
    : view.t('apply.account_ending', { last: facts.bank.last_four }))

const PROVENANCE = {
  name: 'name',
  sex: 'sex',
  born_on: 'born_on',
  id_number: 'name',
  hukou: 'hukou',
  dwelling: 'dwelling',
  bank_account: 'bank',
  residence: 'residence',
  permit: 'permit',
  disability: 'disability',
  phone: 'name',
} as const

/** Shown in part, also to herself: a phone is lent, and lost. */
const HIDDEN: ReadonlySet<string> = new Set(['id_number', 'bank_account'])

/** One's own facts, each with where it is known from and since when. */
export function factRows(
  view: View,
  pack: LoadedPack,
  names: NonNullable<Question['facts']>,
  facts: PersonFacts,
  idNumber: string | null,
): Fact[] {
  const { t, lang } = view
  const day = (on: string | null) => on && formatDate(on, lang)
  const value = {
    // Her own, to herself: 陈** she could not say yes to.
    name: facts.name,
    sex: facts.sex && t(`document.sex.${facts.sex}`),
    born_on: day(facts.born_on),
    id_number: idNumber,
    hukou: facts.hukou_area && areaText(view, pack, facts.hukou_area),
    dwelling: facts.dwelling && (facts.dwelling.address ?? areaText(view, pack, facts.dwelling.area)),
    bank_account: bankText(view, facts),
    residence: day(facts.residence_since),
    permit:
      facts.permit &&
      t('apply.fact.permit_days', { since: formatDate(facts.permit.since, lang), until: formatDate(facts.permit.until, lang) }),
    disability:
      facts.disability &&
      t('apply.fact.disability_grade', {
        grade: facts.disability.grade,
        kind: facts.disability.kind ? t(`people.disability.${facts.disability.kind}`) : '',
      }),
    phone: null,
  }
  return names
    .filter((name) => name !== 'phone')
    .map((name) => {
      const from = facts.provenance[PROVENANCE[name]]
      const source =
        value[name] &&
        from &&
        t('apply.source', { source: t(`people.source.${from.source}`), day: formatDate(dayOf(new Date(from.recorded_at)), lang) })
      const hidden = value[name] && HIDDEN.has(name) ? t(`apply.hidden.${name}`) : null
      return {
        name: t(`answer.fact.${name}`),
        value: value[name] || t('apply.fact.not_known'),
        ...(source || hidden
          ? {
              source: (
                <>
                  {hidden}
                  {hidden && source && <br />}
                  {source}
                </>
              ),
            }
          : {}),
      }
    })
}

/** One answer in words. */
export function answerText(view: View, question: Question, answer: Answer, known: Known, files: readonly MaterialRow[]): string {
  const { t, lang } = view
  if (question.kind === 'files') {
    const names = files.filter((f) => question.materials?.includes(f.material) && !f.withdrawnAt).map((f) => f.name)
    return names.length > 0 ? names.join(t('apply.join')) : t('apply.no_file')
  }
  if (!answer) return t(question.required ? 'apply.open' : 'apply.left_empty')
  switch (answer.kind) {
    case 'confirm':
      return answer.right ? t('apply.confirmed') : t('apply.not_right', { says: claimText(t, answer) })
    case 'choice':
      return pick(question.options?.find((o) => o.value === answer.value)?.text ?? { zh: answer.value, en: answer.value }, lang)
    case 'yes_no':
      return t(`ui.field.answer_${answer.yes ? 'yes' : 'no'}`)
    case 'number':
      return question.unit ? `${formatNumber(answer.number)} ${pick(question.unit, lang)}` : formatNumber(answer.number)
    case 'text':
      return answer.text
    case 'date':
      return formatDate(answer.day, lang)
    case 'money':
      return answer.fen === null ? t('apply.left_empty') : formatMoney(answer.fen, lang)
    case 'bank_account':
      return answer.stored
        ? ((known.facts && bankText(view, known.facts)) ?? t('apply.fact.not_known'))
        : t('apply.account_ending', { last: answer.account.slice(-4) })
    case 'address':
      return answer.known ? (known.facts?.dwelling?.address ?? t('apply.fact.not_known')) : answer.text
    case 'members':
      return answer.members.length > 0
        ? answer.members
            .map((m) =>
              t('apply.member.line', {
                name: m.name,
                relation: m.relation,
                born: formatDate(m.bornOn, lang),
                income: m.monthlyIncomeFen === null ? 'none' : formatMoney(m.monthlyIncomeFen, lang),
              }),
            )
            .join(t('apply.join'))
        : t('apply.member.alone')
    case 'line':
      return t('explanations.line.about', { number: answer.number })
    case 'files':
      return t('apply.no_file')
  }
}

/** The fields as they were. What a person confirms is never chosen for her again; what she called wrong stays as she wrote it. */
export function typedOf(code: string, answer: Answer | undefined): Typed {
  if (!answer) return {}
  switch (answer.kind) {
    case 'choice':
      return { [code]: answer.value }
    case 'yes_no':
      return { [code]: answer.yes ? 'yes' : 'no' }
    case 'number':
      return { [code]: String(answer.number) }
    case 'text':
      return { [code]: answer.text }
    case 'date':
      return dayFields(code, answer.day)
    case 'money':
      return answer.fen === null ? {} : { [code]: String(answer.fen / 100) }
    case 'bank_account':
      return answer.stored ? {} : { [code]: 'other', [`${code}-number`]: answer.account }
    case 'address':
      return answer.known ? {} : { [code]: 'other', [`${code}-text`]: answer.text }
    case 'members':
      return answer.members.length === 0
        ? { [`${code}-alone`]: 'yes' }
        : Object.assign(
            {},
            ...answer.members.map((m, i) => ({
              [`${code}-${i + 1}-name`]: m.name,
              [`${code}-${i + 1}-relation`]: m.relation,
              [`${code}-${i + 1}-id`]: m.idNumber ?? '',
              [`${code}-${i + 1}-income`]: m.monthlyIncomeFen === null ? '' : String(m.monthlyIncomeFen / 100),
              ...dayFields(`${code}-${i + 1}-born`, m.bornOn),
            })),
          )
    case 'confirm':
      return answer.right
        ? {}
        : { [code]: 'no', [`${code}-says`]: answer.says, [`${code}-wrong`]: (answer.wrong ?? []).join(',') }
    case 'line':
    case 'files':
      return {}
  }
}

function dayFields(name: string, day: string): Typed {
  const [year, month, date] = day.split('-') as [string, string, string]
  return { [`${name}-year`]: year, [`${name}-month`]: String(Number(month)), [`${name}-day`]: String(Number(date)) }
}

/** Which page comes next: the first question that must be answered and is not; `check` when there is none. */
export function nextPage({ draft }: Pick<DraftView, 'draft'>): string {
  const questions = draft.asked
  const fresh = Object.keys(draft.answers).length === 0
  const next = fresh ? questions[0] : questions.find((q) => q.required && !draft.answers[q.code])
  return next?.code ?? 'check'
}
