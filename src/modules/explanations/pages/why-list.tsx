/** Conditions with their lines, two levels deep: what was found, what is needed, and under it what it rests on. */
import { Card, Sign, TONE_OF, type View } from '../../../ui/index.ts'
import type { Said, SaidLine, SaidRule } from '../said.ts'

/** Where she objects to a line, or the objection that runs; undefined where she cannot. */
export type ObjectionLink = (rule: string, line: string) => { href: string; label: string } | undefined

const NOWHERE: ObjectionLink = () => undefined

interface WhyListProps {
  view: View
  said: Said
  objection?: ObjectionLink
}

export const WhyList = ({ view, said, objection = NOWHERE }: WhyListProps) => (
  <>
    {said.rules.map((rule) => (
      <RuleCard key={rule.rule} view={view} rule={rule} objection={objection} />
    ))}
    {said.amount && (
      <Card>
        <h2>{said.amount.name}</h2>
        <p class="num">
          <b>{said.amount.money ? view.t('explanations.amount.a_month', { money: said.amount.money }) : said.amount.why}</b>
          {said.amount.money && said.rules.some((rule) => rule.state !== 'met') && ` · ${view.t('explanations.amount.if_met')}`}
        </p>
        <Lines view={view} lines={said.amount.lines} link={(line) => objection(said.amount!.rule, line)} />
        <p class="k-clause">{said.amount.clause}</p>
      </Card>
    )}
  </>
)

function RuleCard({ view, rule, objection }: { view: View; rule: SaidRule; objection: ObjectionLink }) {
  const tone = TONE_OF[rule.state]
  return (
    <Card>
      <h2>{rule.name}</h2>
      <p>
        <span class={`k-word is-${tone}`}>{view.t(`ui.check.${rule.state}`)}</span>
        {rule.why && (
          <>
            {view.t('ui.colon')}
            {rule.why}
          </>
        )}
      </p>
      <Lines view={view} lines={rule.lines} link={(line) => objection(rule.rule, line)} />
      <p class="k-clause">{rule.clause}</p>
    </Card>
  )
}

interface LinesProps {
  view: View
  lines: readonly SaidLine[]
  link: (line: string) => { href: string; label: string } | undefined
}

const Lines = ({ view, lines, link }: LinesProps) =>
  lines.length === 0 ? null : (
    <ul class="k-why num">
      {lines.map((line) => (
        <li key={line.key} class={line.state === 'plain' ? 'is-plain' : undefined}>
          {line.state !== 'plain' && <Sign kind={line.state === 'unknown' ? 'unknown' : TONE_OF[line.state]} />}
          <div>
            <p>
              {line.state !== 'plain' && <span class="govuk-visually-hidden">{view.t(`ui.check.${line.state}`)} </span>}
              {line.text}
            </p>
            {line.notes.map((note) => (
              <small key={note}>{note}</small>
            ))}
            <ToObject to={line.lines.length > 0 ? undefined : link(line.key)} about={line.text} />
            <Lines view={view} lines={line.lines} link={link} />
          </div>
        </li>
      ))}
    </ul>
  )

/** Under each line; which one it is, is said for the ear. */
const ToObject = ({ to, about }: { to: { href: string; label: string } | undefined; about: string }) =>
  to ? (
    <a class="k-link" href={to.href}>
      {to.label}
      <span class="govuk-visually-hidden"> ({about})</span>
    </a>
  ) : null
