/** Conditions with their lines, two levels deep: what was found, what is needed, and under it what it rests on. */
import { Card, Sign, TONE_OF, type View } from '../../../ui/index.ts'
import type { Said, SaidLine, SaidRule } from '../said.ts'

export const WhyList = ({ view, said }: { view: View; said: Said }) => (
  <>
    {said.rules.map((rule) => (
      <RuleCard key={rule.rule} view={view} rule={rule} />
    ))}
    {said.amount && (
      <Card>
        <h2>{said.amount.name}</h2>
        <p class="num">
          <b>{said.amount.money ? view.t('explanations.amount.a_month', { money: said.amount.money }) : said.amount.why}</b>
          {said.amount.money && said.rules.some((rule) => rule.state !== 'met') && ` · ${view.t('explanations.amount.if_met')}`}
        </p>
        <Lines view={view} lines={said.amount.lines} />
        <p class="k-clause">{said.amount.clause}</p>
      </Card>
    )}
  </>
)

function RuleCard({ view, rule }: { view: View; rule: SaidRule }) {
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
      <Lines view={view} lines={rule.lines} />
      <p class="k-clause">{rule.clause}</p>
    </Card>
  )
}

const Lines = ({ view, lines }: { view: View; lines: readonly SaidLine[] }) =>
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
            <Lines view={view} lines={line.lines} />
          </div>
        </li>
      ))}
    </ul>
  )
