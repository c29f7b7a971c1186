/** What the page of a case says, from what was read. Pure. */
import {
  type CasePage,
  claimText,
  type DataCheck,
  type Surveyor,
  type TimelineRow,
  type Without,
} from '../../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { formatDate, formatMoney, formatNumber, formatShortDateTime, formatShortDay, type View } from '../../../ui/index.ts'

type Question = Matter['questions'][number]

const ASKED = {
  hukou: 'hukou',
  dwelling: 'dwelling',
  bank_account: 'bank',
  residence: 'residence',
  permit: 'permit',
  disability: 'disability',
} as const
const READ = {
  'person.hukou_area': 'hukou',
  'person.dwelling_area': 'dwelling',
  'person.residence_since': 'residence',
  'person.receives': 'receives',
  'person.monthly_income_fen': 'monthly_income_fen',
  'person.disability_kind': 'disability',
  'person.disability_grade': 'disability',
  'person.permit_since': 'permit',
  'person.permit_until': 'permit',
} as const
export type ShownFact = (typeof ASKED)[keyof typeof ASKED] | (typeof READ)[keyof typeof READ]

/** Of what is known of the person, what this matter asks to confirm or judges by; the rest is none of this case. */
export function factsNeeded({ matter, checked }: Pick<CasePage, 'matter' | 'checked'>): Set<ShownFact> {
  const needed = new Set<ShownFact>()
  for (const question of matter.questions)
    for (const fact of question.facts ?? []) if (fact in ASKED) needed.add(ASKED[fact as keyof typeof ASKED])
  for (const { explanation } of checked.lines)
    for (const line of explanation.lines)
      for (const fact of line.facts) if (fact.name in READ) needed.add(READ[fact.name as keyof typeof READ])
  return needed
}

export const tailOf = (number: string): string => number.slice(-4)

/** Whoever answered last: with the application, or in a correction. */
const answeredByProxy = ({ timeline }: CasePage, { code }: Question): boolean =>
  timeline.findLast(
    ({ fact, payload }) =>
      fact === 'received' || (fact === 'correction_answered' && (payload.questions as string[] | undefined)?.includes(code)),
  )?.payload.proxyId !== undefined

/** An answer in words. Of an account never more than four digits leave the server. */
export function answerText(view: View, page: CasePage, question: Question): string {
  const { t, lang, today } = view
  const answer = page.answers[question.code]
  if (!answer) return t('desk.answer.none')
  switch (answer.kind) {
    case 'confirm':
      return answer.right
        ? t(answeredByProxy(page, question) ? 'desk.answer.right_by_proxy' : 'desk.answer.right')
        : t('desk.answer.not_right', { says: claimText(t, answer) })
    case 'choice': {
      const option = question.options?.find((o) => o.value === answer.value)
      return option ? pick(option.text, lang) : answer.value
    }
    case 'yes_no':
      return t(`ui.field.answer_${answer.yes ? 'yes' : 'no'}`)
    case 'number':
      return question.unit ? `${formatNumber(answer.number)} ${pick(question.unit, lang)}` : formatNumber(answer.number)
    case 'text':
      return answer.text
    case 'date':
      return formatDate(answer.day, lang, today)
    case 'money':
      return answer.fen === null ? t('desk.answer.none') : formatMoney(answer.fen, lang)
    case 'bank_account':
      if (!answer.stored) return t('desk.answer.account_new', { tail: tailOf(answer.account) })
      return page.facts.bank
        ? t('desk.answer.account_known', { tail: page.facts.bank.last_four })
        : t('desk.answer.account_registered')
    case 'address':
      return answer.known ? (page.facts.dwelling?.address ?? t('desk.answer.right')) : answer.text
    case 'members':
      return t('desk.answer.members', { n: answer.members.length })
    case 'line':
      return t('explanations.line.about', { number: answer.number })
    case 'files':
      return t('desk.answer.files')
  }
}

/** A sum that was decided: each month, or once. */
export const amountText = ({ t, lang }: Pick<View, 't' | 'lang'>, matter: Pick<Matter, 'one_off'>, fen: number): string =>
  t(matter.one_off ? 'desk.amount_once' : 'desk.amount_a_month', { amount: formatMoney(fen, lang) })

export interface TimelineLine {
  title: string
  note: string
  text: string
}

const SAID = ['text', 'reason', 'reasons', 'note', 'basis', 'organ'] as const

/** The course of a case as an officer reads it: what, by whom, when, with which words. */
export function timelineLine(view: View, page: CasePage, pack: LoadedPack, row: TimelineRow): TimelineLine {
  const { t, lang, today } = view
  const step = row.fact === 'step_done' ? page.matter.steps.find((s) => s.code === row.payload.step) : undefined
  const title = step ? t('desk.time.step_done', { step: pick(step.name, lang) }) : t(`desk.fact.${row.fact}`)
  const who = row.officerName
    ? [row.officerName, row.organisationName].filter(Boolean).join(' · ')
    : t(`desk.actor.${row.actorKind}`)
  const said = SAID.map((name) => row.payload[name]).find((words) => typeof words === 'string' && words !== '')
  const more = extra(view, page, pack, row)
  return {
    title,
    note: `${who} · ${formatShortDateTime(new Date(row.recordedAt), today)}`,
    text: [more, said].filter(Boolean).join(t('desk.stop')),
  }
}

function extra({ t, lang, today }: View, { found, matter }: CasePage, pack: LoadedPack, { fact, payload }: TimelineRow): string {
  switch (fact) {
    case 'received':
      return [
        payload.foundRun ? t('desk.time.found') : '',
        payload.proxyId ? t('desk.time.proxy', { name: String(payload.proxyName ?? 'none') }) : '',
      ]
        .filter(Boolean)
        .join(t('desk.stop'))
    case 'decided':
      return [
        t(`case.outcome.${payload.outcome}`),
        typeof payload.amountFen === 'number' ? amountText({ t, lang }, matter, payload.amountFen) : '',
        ...((payload.without ?? []) as Without[]).map(({ material, reason, basis }) => {
          const name = matter.materials.find((m) => m.code === material)?.name
          return t(basis ? 'desk.time.without_by' : 'desk.time.without', {
            name: name ? pick(name, lang) : material,
            reason,
            basis,
          })
        }),
      ]
        .filter(Boolean)
        .join(t('desk.join'))
    case 'correction_answered':
    case 'withdrawn':
      return payload.proxyId ? t('desk.time.by_proxy', { name: String(payload.proxyName ?? 'none') }) : ''
    case 'check_agreed':
      return t(`desk.member.${payload.how}`)
    case 'handed_over':
      return t('desk.time.to', { area: pack.officeName(found.domain, String(payload.to)) })
    case 'correction_requested':
      return t('desk.due.answer_by', { day: formatShortDay(String(payload.answerBy), today) })
    case 'notice_published':
      return t('desk.time.notice', {
        from: formatShortDay(String(payload.startsOn), today),
        to: formatShortDay(String(payload.endsOn), today),
      })
    case 'extension_requested':
      return t('desk.time.days', { n: Number(payload.days) })
    case 'delivered':
      return `${t(`document.how.${payload.how}`)}${t('desk.join')}${payload.to}`
    case 'rated':
      // 1 is the best grade of 好差评; the catalogue of ratings counts stars.
      return t(`ui.rating.${6 - Number(payload.grade)}`)
    case 'survey_recorded':
      return t('desk.time.survey', {
        day: formatShortDay(String(payload.visitedOn), today),
        first: (payload.first as Surveyor).name,
        second: (payload.second as Surveyor).name,
      })
    case 'basis_corrected':
      return t(payload.afterDecision ? 'desk.time.basis_after' : 'desk.time.basis_corrected', {
        was: String(payload.was),
        basis: String(payload.basis),
      })
    case 'step_done': {
      const officers = payload.officers as string[] | undefined
      return [
        officers && officers.length > 1 ? officers.join(t('desk.join')) : '',
        payload.kind === 'data_check' ? checkText({ t, lang }, payload.result as DataCheck) : '',
      ]
        .filter(Boolean)
        .join(t('desk.stop'))
    }
    default:
      return ''
  }
}

/** What an officer's check of income and property found. */
const checkText = ({ t, lang }: Pick<View, 't' | 'lang'>, { monthlyIncomeFen, propertyOk }: DataCheck): string =>
  t('desk.time.data_check', {
    income: monthlyIncomeFen === null ? t('desk.option.propertyOk.unknown') : formatMoney(monthlyIncomeFen, lang),
    property: t(`desk.option.propertyOk.${propertyOk === null ? 'unknown' : propertyOk ? 'yes' : 'no'}`),
  })

export const dayOfSource = (recordedAt: string, today: string): string => formatShortDay(dayOf(new Date(recordedAt)), today)
