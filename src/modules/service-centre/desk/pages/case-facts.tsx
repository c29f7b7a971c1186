import { type CasePage, questionsFor } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskCard, Lines, Locked, Masked } from '../../../../ui/desk/index.ts'
import { type Fact, formatDate, formatMoney, type View } from '../../../../ui/index.ts'
import { answerText, dayOfSource, factsNeeded } from '../case-view.ts'

/** What is known of the applicant and this matter needs, each with where it is known from. */
export function CaseFacts({ view, page, pack }: { view: View; page: CasePage; pack: LoadedPack }) {
  const { t, lang, today } = view
  const { facts, idNumber } = page
  const needed = factsNeeded(page)
  const unknown = <span class="k-quiet">{t('desk.fact_unknown')}</span>
  const source = (from: (typeof facts.provenance)['name']) =>
    from ? t('desk.source', { source: t(`people.source.${from.source}`), day: dayOfSource(from.recorded_at, today) }) : undefined
  const area = (code: string | null) =>
    code
      ? [pack.areaName(code.slice(0, 9)), pack.areaName(code)].filter((n, i, all) => n && all.indexOf(n) === i).join(' ') ||
        t('desk.person.elsewhere', { code })
      : unknown
  const hidden = <Locked>{t('desk.hidden')}</Locked>
  const shown: (Fact | false)[] = [
    { name: t('desk.person.name'), value: facts.name, source: source(facts.provenance.name) },
    {
      name: t('desk.person.born_on'),
      value: facts.born_on ? formatDate(facts.born_on, lang) : unknown,
      source: source(facts.provenance.born_on),
    },
    { name: t('desk.person.sex'), value: t(`document.sex.${facts.sex ?? 'unknown'}`) },
    { name: t('desk.person.id_number'), value: idNumber ? <Masked>{idNumber}</Masked> : unknown },
    needed.has('hukou') && {
      name: t('desk.person.hukou'),
      value: area(facts.hukou_area),
      source: source(facts.provenance.hukou),
    },
    needed.has('dwelling') && {
      name: t('desk.person.dwelling'),
      value: facts.whereabouts_hidden ? hidden : (facts.dwelling?.address ?? area(facts.dwelling?.area ?? null)),
      source: source(facts.provenance.dwelling),
    },
    needed.has('residence') && {
      name: t('desk.person.residence'),
      value: facts.residence_since ? formatDate(facts.residence_since, lang) : unknown,
      source: source(facts.provenance.residence),
    },
    needed.has('receives') && {
      name: t('desk.person.receives'),
      value:
        facts.receives.length > 0
          ? facts.receives.map((code) => matterName(pack, code, lang)).join(t('desk.join'))
          : t('desk.person.receives_none'),
      source: source(facts.provenance.receives),
    },
    needed.has('monthly_income_fen') && {
      name: t('desk.person.income'),
      value: facts.monthly_income_fen === null ? unknown : formatMoney(facts.monthly_income_fen, lang),
      source: source(facts.provenance.monthly_income_fen),
    },
    needed.has('disability') && {
      name: t('desk.person.disability'),
      value: facts.disability
        ? t('desk.person.disability_grade', {
            grade: facts.disability.grade,
            kind: facts.disability.kind ? t(`people.disability.${facts.disability.kind}`) : '',
          })
        : t('desk.person.none'),
      source: source(facts.provenance.disability),
    },
    needed.has('permit') && {
      name: t('desk.person.permit'),
      value: facts.permit
        ? t('desk.person.permit_days', {
            since: formatDate(facts.permit.since, lang),
            until: formatDate(facts.permit.until, lang),
          })
        : t('desk.person.none'),
      source: source(facts.provenance.permit),
    },
    needed.has('bank') && {
      name: t('desk.person.bank'),
      value: facts.bank ? t('desk.tail', { tail: facts.bank.last_four }) : unknown,
      source: source(facts.provenance.bank),
    },
  ]
  return (
    <DeskCard title={t('desk.case.facts')} note={t('desk.case.facts_note')}>
      <Datagrid facts={shown.filter((fact) => fact !== false)} />
    </DeskCard>
  )
}

const matterName = (pack: LoadedPack, code: string, lang: View['lang']): string => {
  const matter = pack.matters.find((m) => m.code === code)
  return matter ? pick(matter.name, lang) : code
}

/** What the applicant stated. */
export const CaseAnswers = ({ view, page }: { view: View; page: CasePage }) => (
  <DeskCard title={view.t('desk.case.answers')} flush>
    <Lines
      stacks
      items={questionsFor(page.matter, page.answers).map((question) => ({
        name: pick(question.ask, view.lang),
        value: <b>{answerText(view, page, question)}</b>,
      }))}
    />
  </DeskCard>
)
