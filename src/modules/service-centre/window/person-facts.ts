/** What is known of a person, as lines with their source. Shown to be confirmed, never typed again. */
import type { PersonPage } from '../../../core/people/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { type Fact, formatDate, type View } from '../../../ui/index.ts'

export type FactCode =
  | 'name'
  | 'sex'
  | 'born_on'
  | 'id_number'
  | 'hukou'
  | 'dwelling'
  | 'phone'
  | 'bank_account'
  | 'residence'
  | 'permit'
  | 'disability'

export const ALL_FACTS: readonly FactCode[] = [
  'name',
  'sex',
  'born_on',
  'id_number',
  'hukou',
  'dwelling',
  'residence',
  'bank_account',
  'phone',
]

/** What lines are made of; a case knows no more of her phone than that there is one. */
export type Known = Pick<PersonPage, 'facts' | 'idNumber' | 'phone' | 'hukouName' | 'livingName'> & { binding: unknown }

export const factLines = (view: View, person: Known, codes: readonly FactCode[]): Fact[] =>
  codes.map((code) => factLine(view, person, code))

function factLine(view: View, person: Known, code: FactCode): Fact {
  const { t, lang } = view
  const { facts } = person
  const day = (value: string | null) => (value ? formatDate(value, lang) : null)
  const line = (value: string | null | undefined, of: keyof typeof facts.provenance | null): Fact => {
    const from = of && facts.provenance[of]
    const source = from
      ? t('window.fact.from', {
          source: t(`people.source.${from.source}`),
          day: formatDate(dayOf(new Date(from.recorded_at)), lang, view.today),
        })
      : undefined
    return { name: t(`window.fact.${code}`), value: value || t('window.fact.unknown'), ...(source && value ? { source } : {}) }
  }
  const hidden = facts.whereabouts_hidden ? t('window.fact.hidden') : null
  switch (code) {
    case 'name':
      return line(facts.name, 'name')
    case 'sex':
      return line(facts.sex && t(`document.sex.${facts.sex}`), 'sex')
    case 'born_on':
      return line(day(facts.born_on), 'born_on')
    case 'id_number':
      return line(person.idNumber, 'name')
    case 'hukou':
      return line(facts.hukou_area && (person.hukouName || t('window.fact.hukou_elsewhere', { code: facts.hukou_area })), 'hukou')
    case 'dwelling':
      return line(hidden ?? (facts.dwelling && [person.livingName, facts.dwelling.address].filter(Boolean).join(' ')), 'dwelling')
    case 'residence':
      return line(facts.residence_since && t('window.fact.since', { day: formatDate(facts.residence_since, lang) }), 'residence')
    case 'permit':
      return line(
        facts.permit &&
          t('window.fact.permit_days', {
            since: formatDate(facts.permit.since, lang),
            until: formatDate(facts.permit.until, lang),
          }),
        'permit',
      )
    case 'disability':
      return line(
        facts.disability &&
          t('window.fact.disability_grade', {
            grade: facts.disability.grade,
            kind: facts.disability.kind ? t(`people.disability.${facts.disability.kind}`) : '',
          }),
        'disability',
      )
    case 'bank_account':
      return line(
        facts.bank && t('window.fact.account', { four: facts.bank.last_four, bank: facts.bank.bank ?? '' }).trim(),
        'bank',
      )
    case 'phone':
      return line(person.phone ?? (person.binding ? t('window.fact.phone_bound') : null), null)
  }
}
