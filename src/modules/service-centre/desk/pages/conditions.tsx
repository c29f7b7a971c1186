import type { CasePage, ConditionLine } from '../../../../core/cases/index.ts'
import { isClauseKnown, type LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskCard, DeskChecks, DeskTag, Lines } from '../../../../ui/desk/index.ts'
import { clauseText, formatDay, formatMoney, type View } from '../../../../ui/index.ts'

/** What the rules make of the facts, condition by condition. A help to who decides, never a decision. */
export function Conditions({ view, page, pack }: { view: View; page: CasePage; pack: LoadedPack }) {
  const { t, lang } = view
  const { lines, amountFen } = page.checked
  const count = (result: ConditionLine['result']) => lines.filter((line) => line.result === result).length
  const [bad, unknown] = [count('not_met'), count('unknown')]
  return (
    <DeskCard
      title={t('desk.case.checks')}
      aside={
        <DeskTag tone={bad > 0 ? 'bad' : unknown > 0 ? 'warn' : 'good'}>
          {t('desk.case.checks_count', { met: count('met'), unknown, bad })}
        </DeskTag>
      }
      flush
    >
      <DeskChecks
        view={view}
        checks={lines.map((line) => ({
          state: line.result,
          name: pick(pack.rule(line.rule).text, lang),
          why: why(view, line),
          clause: isClauseKnown(line.explanation.clause)
            ? clauseText(view, line.explanation.clause, baseOf(pack, line.explanation.basis.document)?.clauses)
            : t('desk.case.clause_open'),
        }))}
      />
      {page.matter.amount && (
        <Lines
          items={[
            {
              name: t('desk.case.amount'),
              value: (
                <b>
                  {amountFen === null
                    ? t('desk.amount_unknown')
                    : t('desk.amount_a_month', { amount: formatMoney(amountFen, lang) })}
                </b>
              ),
            },
          ]}
        />
      )}
      <p class="card-body d-why">
        <span>
          <a href={`/desk/cases/${page.found.id}/why`}>{t('explanations.desk.link')}</a>{' '}
          {t('desk.case.basis', { laws: lawsOf(view, page, pack).join(t('desk.join')) })}{' '}
          {lines.some((line) => !line.explanation.verified) && t('desk.case.unverified')}
        </span>
      </p>
    </DeskCard>
  )
}

const baseOf = ({ pack }: LoadedPack, document: string) => pack.bases.find(({ code }) => code === document)

/** What the matter rests on; to an English reader by its English title. */
const lawsOf = (view: View, { matter }: CasePage, pack: LoadedPack): string[] =>
  view.lang === 'zh'
    ? pack.basisLines(matter)
    : matter.bases.map(({ document, clause }) => {
        const base = baseOf(pack, document)
        const title = pick(base?.title ?? { zh: document, en: document }, view.lang)
        return isClauseKnown(clause) ? `${title}, ${clauseText(view, clause, base?.clauses)}` : title
      })

/** For a condition that is not plainly met: what is missing, or when it will be. */
function why({ t, lang, today }: View, { result, explanation }: ConditionLine): string {
  if (result === 'not_met')
    return explanation.metFrom ? t('desk.case.met_from', { day: formatDay(explanation.metFrom, lang, today) }) : ''
  if (result === 'met') return ''
  const [missing] = explanation.missing
  switch (missing?.kind) {
    case 'fact':
      return t(`missing.fact.${missing.reason}`)
    case 'parameter':
      return t(`missing.parameter.${missing.reason}`)
    case 'rule':
      return t('missing.rule.listed')
    case 'fault':
      return t('missing.fault')
    default:
      return ''
  }
}
