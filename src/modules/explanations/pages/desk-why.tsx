import type { CaseWhy } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Datagrid, DeskCard, DeskTag, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate, TONE_OF } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { objectedLine } from '../objected-line.ts'
import { type SaidLine, saidOf } from '../said.ts'

interface DeskWhyProps extends DeskShell {
  pack: LoadedPack
  why: CaseWhy
}

/** The same for the officer who has the case, with the facts of everybody whom it names. */
export function DeskWhyPage({ pack, why, ...shell }: DeskWhyProps) {
  const { view } = shell
  const { t, lang } = view
  const matter = pack.matter(why.matterCode)
  const said = saidOf(view, pack, matter, why, 'applicant')
  return (
    <DeskPage {...shell} title={t('explanations.desk.title')}>
      <DeskHead
        crumbs={[
          { href: '/desk', label: t('desk.nav.work') },
          { href: `/desk/cases/${why.caseId}`, label: why.number },
        ]}
        title={`${pick(matter.name, lang)} · ${t('explanations.desk.title')}`}
        note={t('explanations.desk.lead', { number: why.number })}
      />
      {why.decidedOn && <Note>{t('explanations.own.decided', { day: formatDate(why.decidedOn, lang) })}</Note>}
      {why.otherwise.map(({ rule, result }) => (
        <Note key={rule} tone="warn">
          {t('explanations.own.otherwise_text', { name: pick(pack.rule(rule).text, lang), was: t(`ui.check.${result}`) })}
        </Note>
      ))}
      {why.objection && (
        <DeskCard title={t('explanations.line.desk')} raised>
          <Datagrid facts={objectedLine({ view, pack, objection: why.objection, who: 'applicant' })} />
          <p>{t('explanations.line.desk_how')}</p>
        </DeskCard>
      )}
      {said.rules.map((rule) => (
        <DeskCard
          key={rule.rule}
          title={rule.name}
          note={rule.clause}
          aside={<DeskTag tone={TONE_OF[rule.state]}>{t(`ui.check.${rule.state}`)}</DeskTag>}
        >
          <Lines view={view} lines={rule.lines} />
        </DeskCard>
      ))}
      {said.amount && (
        <DeskCard
          title={
            said.amount.money
              ? t('explanations.desk.amount', { name: said.amount.name, money: said.amount.money })
              : `${said.amount.name} · ${said.amount.why}`
          }
          note={said.amount.clause}
        >
          <Lines view={view} lines={said.amount.lines} />
        </DeskCard>
      )}
    </DeskPage>
  )
}

const Lines = ({ view, lines }: { view: DeskShell['view']; lines: readonly SaidLine[] }) =>
  lines.length === 0 ? null : (
    <ul class="d-because num">
      {lines.map((line) => (
        <li key={line.key}>
          {line.state !== 'plain' && <span class={`d-word is-${TONE_OF[line.state]}`}>{view.t(`ui.check.${line.state}`)} </span>}
          {line.text}
          {line.notes.map((note) => (
            <small key={note}>{note}</small>
          ))}
          <Lines view={view} lines={line.lines} />
        </li>
      ))}
    </ul>
  )
