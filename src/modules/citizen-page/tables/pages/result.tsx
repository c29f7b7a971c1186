/** What a table comes to: the sum first, then every line of it. */
import type { Facts } from '../../../../core/rules/index.ts'
import { endorseBetween, type JudgedLine, type JudgedPart, type Judgement, permitMonths } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  CheckList,
  Details,
  Figure,
  Form,
  formatDate,
  formatMoney,
  formatNumber,
  formatYuan,
  PageHead,
  paths,
  ResidentPage,
  Score,
  type ScoreLine,
  Section,
  Tag,
  Text,
  type View,
} from '../../../../ui/index.ts'
import { sumOf } from '../../apply/pages/working.tsx'
import { officialText } from '../../front/guide.ts'
import { clauseOf } from '../../front/law.ts'
import { LapseOfTable, Unsettled } from './standing.tsx'
import type { AskProps } from './table.tsx'

interface ResultProps extends AskProps {
  facts: Facts
  judged: Judgement
}

export function ResultPage(props: ResultProps) {
  const { view, pack, table, facts, judged } = props
  const { t, lang } = view
  const unknown = judged.parts.flatMap((part) => part.lines).filter((line) => line.state === 'unknown').length
  return (
    <ResidentPage
      view={view}
      title={pick(table.name, lang)}
      back={{ href: `${paths.tables}/${table.code}`, label: t('tables.anew') }}
    >
      <PageHead title={pick(table.name, lang)} />
      <Card found>
        <h2>{pick(table.total, lang)}</h2>
        <Figure
          {...(judged.total.certainty === 'exact' ? {} : { before: t(`tables.${judged.total.certainty}`) })}
          value={table.unit ? formatNumber(judged.total.value) : formatYuan(judged.total.value)}
          unit={table.unit ? pick(table.unit, lang) : t('ui.field.yuan')}
        />
        {judged.level !== undefined && <p>{pick(table.bands!.find((band) => band.level === judged.level)!.name, lang)}</p>}
        {judged.rest !== undefined && table.rest && (
          <p>{t('tables.rest_is', { name: pick(table.rest.name, lang), money: formatMoney(judged.rest, lang) })}</p>
        )}
        {unknown > 0 && <p>{t(`tables.${judged.total.certainty}_text`, { n: unknown })}</p>}
        {judged.sample ? (
          <p>
            <Tag tone="bad">{t('front.sample')}</Tag> {t('tables.sample')}
          </p>
        ) : (
          !judged.verified && (
            <p>
              <Tag tone="hold">{t('front.unverified')}</Tag>
            </p>
          )
        )}
      </Card>
      <LapseOfTable view={view} pack={pack} table={table} />
      <Gates {...props} />
      {judged.parts
        .filter((part) => part.lines.length > 0)
        .map((part) => (
          <Part key={part.code} {...props} part={part} />
        ))}
      <PermitYears view={view} facts={facts} />
      <Change {...props} />
      <Ranking {...props} />
      <Unsettled view={view} pack={pack} table={table} />
    </ResidentPage>
  )
}

function Gates({ view, pack, judged }: ResultProps) {
  const { t, lang } = view
  const of = (kind: 'needed' | 'first') => judged.gates.filter((gate) => gate.kind === kind)
  return (
    <>
      {(['needed', 'first'] as const).map(
        (kind) =>
          of(kind).length > 0 && (
            <Section key={kind} id={kind} title={t(`tables.gates.${kind}`)}>
              <Card>
                <CheckList
                  view={view}
                  checks={of(kind).map(({ rule, explanation }) => ({
                    state: explanation.result as 'met' | 'not_met' | 'unknown',
                    name: pick(rule.text, lang),
                    why: explanation.text ? pick(explanation.text, lang) : '',
                    clause: clauseOf(view, officialText(pack, explanation.basis)),
                  }))}
                />
              </Card>
            </Section>
          ),
      )}
    </>
  )
}

function Part({ part, ...props }: ResultProps & { part: JudgedPart }) {
  const { view } = props
  const sum = amountIn(props, part.sum)
  const open = part.lines.filter((line) => line.state === 'unknown' && isLeftEmpty(line))
  // A few stand in their place; many would bury what was answered.
  const empty = open.length > 3 ? open : []
  const told = part.lines.filter((line) => !empty.includes(line))
  return (
    <Section
      id={`part-${part.code}`}
      title={view.t(part.open ? 'tables.part_open' : 'tables.part', {
        name: pick(part.name, view.lang),
        sum: part.sign === 'subtract' && part.sum > 0 ? `−${sum}` : sum,
      })}
    >
      <Card flush>
        {told.length > 0 && <Score lines={told.map((line) => lineOf(props, line, part.sign))} />}
        {empty.length > 0 && (
          <Details title={view.t('tables.left_empty', { n: empty.length })}>
            <Score lines={empty.map((line) => lineOf(props, line, part.sign))} />
          </Details>
        )}
      </Card>
      <Bases {...props} part={part} />
    </Section>
  )
}

/** The texts of its lines, once for the part: in one table they are mostly the same. */
function Bases({ view, pack, part }: ResultProps & { part: JudgedPart }) {
  const texts = new Set(part.lines.map((line) => clauseOf(view, officialText(pack, line.basis))))
  return <Text quiet>{view.t('tables.rests_on', { texts: [...texts].join(view.t('front.join')) })}</Text>
}

const amountIn = ({ table, view }: Pick<ResultProps, 'table' | 'view'>, value: number): string =>
  table.unit
    ? view.t('tables.points', { n: formatNumber(value), unit: pick(table.unit, view.lang) })
    : formatMoney(value, view.lang)

function lineOf(props: ResultProps, line: JudgedLine, sign: JudgedPart['sign']): ScoreLine {
  const { view } = props
  const { t, lang } = view
  const { state, counted, value, cap, working } = line
  const capped = state === 'counted' && value !== null && counted < value
  const notes = [
    value !== null && value !== 0 && working.length > 1 && sumOf(view, working, (fact) => isMoney(props.table, fact)),
    capped && t('tables.capped', { value: amountIn(props, value), most: amountIn(props, counted) }),
    !capped && typeof cap?.value === 'number' && t('tables.at_most', { most: amountIn(props, cap.value) }),
    state === 'unknown' && whyUnknown(view, line),
    state === 'lower' && t('tables.lower'),
    state === 'not_chosen' && t('tables.not_chosen'),
  ].filter((note): note is string => note !== false)
  return {
    name: pick(line.text, lang),
    value:
      state === 'unknown'
        ? t('tables.unknown')
        : sign === 'subtract' && counted > 0
          ? `−${amountIn(props, counted)}`
          : amountIn(props, counted),
    quiet: state !== 'counted' || counted === 0,
    notes,
  }
}

const isMoney = ({ questions }: ResultProps['table'], fact: string): boolean =>
  questions.some(({ code, kind, fact: stands }) => kind === 'money' && (fact === `answers.${code}` || fact === stands))

const isLeftEmpty = ({ missing }: JudgedLine): boolean => missing.every((each) => each.kind === 'fact')

function whyUnknown({ t }: View, { missing: [first], set }: JudgedLine): string {
  if (!first) return t(set === undefined ? 'missing.fault' : 'tables.choose_first')
  if (first.kind === 'parameter') return t(`missing.parameter.${first.reason}`)
  if (first.kind === 'fault') return t('missing.fault')
  if (first.kind === 'rule') return t('missing.rule.listed')
  return t(first.name.startsWith('answers.') ? 'tables.not_answered' : `missing.fact.${first.reason}`)
}

/** What the endorsements made of a permit: a late one lets its years begin anew. */
function PermitYears({ view, facts }: { view: View; facts: Facts }) {
  const { t, lang, today } = view
  const since = facts.person?.permit_since
  const until = facts.person?.permit_until
  if (!since || !until) return null
  const months = permitMonths({ since, until }, facts.on)
  const { from, to } = endorseBetween({ until })
  const day = (on: string) => formatDate(on, lang, today)
  return (
    <Section id="permit" title={t('tables.permit')}>
      <Text>
        {months === null
          ? t('tables.permit_late', { to: day(until) })
          : t('tables.permit_runs', {
              since: day(since),
              years: Math.floor(months / 12),
              months: months % 12,
              from: day(from),
              to: day(to),
            })}
      </Text>
    </Section>
  )
}

/** Back to the form with what was typed: it was kept nowhere but on this page. */
function Change({ view, table, body }: ResultProps) {
  return (
    <Form view={view} action={`${paths.tables}/${table.code}/change`}>
      {Object.entries(body).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Actions>
        <Button kind="secondary">{view.t('tables.change')}</Button>
      </Actions>
    </Form>
  )
}

/** Who comes before whom; nobody is ranked here. */
function Ranking({ view, pack, table, facts }: ResultProps) {
  const { t, lang } = view
  if (!table.ranking) return null
  const quota = pack.optionalNumber(table.ranking.quota, facts.area, facts.on)
  const by = table.ranking.by.map((code) => {
    const question = table.questions.find((one) => one.code === code)!
    const answer = facts.answers?.[code]
    return { name: pick(question.ask, lang), value: typeof answer === 'number' ? formatNumber(answer) : t('tables.unknown') }
  })
  return (
    <Section id="ranking" title={t('tables.ranking')}>
      <Text>{quota === null ? t('tables.ranking_text') : t('tables.ranking_quota', { quota: formatNumber(quota) })}</Text>
      <Card flush>
        <Score lines={by.map((one, at) => ({ ...one, name: t('tables.ranking_nth', { at: at + 1, name: one.name }) }))} />
      </Card>
      <Text quiet>{t('tables.ranking_tie')}</Text>
    </Section>
  )
}
