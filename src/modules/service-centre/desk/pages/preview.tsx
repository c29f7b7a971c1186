import { asksHousehold, type CasePage, type Preview, type StaffAction } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Lines, Note, Paper } from '../../../../ui/desk/index.ts'
import { formatDate, type View } from '../../../../ui/index.ts'
import { amountText } from '../case-view.ts'
import { stepName } from '../status.ts'
import { titleOf } from './case-papers.tsx'
import { correctionHref } from './next-step.tsx'

interface PreviewProps {
  view: View
  page: CasePage
  pack: LoadedPack
  action: StaffAction
  preview: Preview
}

/** What happens when it is confirmed: where the case goes, which clock starts until when, who is told, which paper goes out. */
export function WhatHappens({ view, page, pack, action, preview }: PreviewProps) {
  const { t, lang } = view
  const { state, handlingArea, basis, paper, paperNow, told } = preview
  const { matterCode, state: before } = page.found
  const { correction } = before
  const lacking = action === 'accept' ? page.missing.filter((m) => m.required) : []
  return (
    <>
      {lacking.length > 0 && (
        <Note tone="warn">
          {t('desk.sure.lacking', { names: lacking.map((m) => pick(m.name, lang)).join(t('desk.join')) })}{' '}
          {page.may.request_correction === true && (
            <a
              href={`/desk/cases/${page.found.id}/act/request_correction?${new URLSearchParams({ missing: lacking.map((m) => m.code).join(',') })}`}
            >
              {t('desk.without.correction')}
            </a>
          )}
        </Note>
      )}
      {action === 'accept' && correction && !correction.answeredOn && (
        <Note tone="warn">
          {t('desk.sure.correction_open', { day: formatDate(correction.answerBy, lang, view.today) })}{' '}
          {page.may.answer_correction === true && <a href={correctionHref(page.found.id)}>{t('desk.case.correction_here')}</a>}
        </Note>
      )}
      {action === 'decide' && state.outcome === 'refused' && page.checked.lines.every((line) => line.result !== 'not_met') && (
        <Note tone="warn">{t('desk.sure.refuses_met')}</Note>
      )}
      <Lines
        items={[
          ...(action === 'decide' && state.outcome
            ? [
                {
                  name: t('desk.field.outcome'),
                  value: (
                    <b>
                      {[
                        t(`case.outcome.${state.outcome}`),
                        ...(state.amountFen === null ? [] : [amountText(view, page.matter, state.amountFen)]),
                      ].join(t('desk.join'))}
                    </b>
                  ),
                },
              ]
            : []),
          ...(basis ? [{ name: t('desk.sure.basis'), value: basis }] : []),
          {
            name: t('desk.sure.then'),
            value: [stepName(view, pack, { matterCode, ...state }), pack.officeName(page.found.domain, handlingArea)]
              .filter(Boolean)
              .join(' · '),
          },
          ...clockOf({ view, page, action, preview }),
          {
            name: t('desk.sure.told'),
            value: t(`desk.sure.${!told ? 'told_no' : page.signsIn ? 'told_yes' : paperNow ? 'told_paper' : 'told_by_you'}`),
          },
          {
            name: t('desk.sure.paper'),
            value: paper
              ? t(paperNow ? 'desk.sure.paper_now' : 'desk.sure.paper_next', { title: titleOf(pack, paper.kind, view) })
              : t('desk.sure.no_paper'),
          },
        ]}
      />
      {paper && (
        <details open>
          <summary>{t('desk.sure.wording')}</summary>
          <div lang="zh-CN">
            <Paper
              title={paper.title}
              facts={[]}
              unsealed={paper.seal}
              body={
                <>
                  {paper.addressee && <p>{paper.addressee}</p>}
                  {paper.paragraphs.map((block, at) =>
                    typeof block === 'string' ? (
                      <p key={at}>{block}</p>
                    ) : 'list' in block ? (
                      <ol key={at}>
                        {block.list.map((item) => (
                          <li key={item}>{item}</li>
                        ))}
                      </ol>
                    ) : (
                      <dl key={at} class="num">
                        {block.facts.map(([name, value]) => (
                          <div key={name}>
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                          </div>
                        ))}
                      </dl>
                    ),
                  )}
                  {paper.basis.length > 0 && (
                    <p>{paper.labels.basis.replace('{laws}', () => paper.basis.join(paper.labels.basisJoin))}</p>
                  )}
                  {paper.remedies.map((text) => (
                    <p key={text}>{text}</p>
                  ))}
                </>
              }
            >
              <span>
                {paper.issuer}
                <br />
                {paper.dated}
              </span>
            </Paper>
          </div>
        </details>
      )}
    </>
  )
}

/** Which days count from now on: those of the act itself where it has its own, or else those of the promise. */
function clockOf({ view: { t, lang, today }, page, action, preview: { state } }: Omit<PreviewProps, 'pack'>) {
  if (action === 'request_correction' && state.correction)
    return [
      { name: t('desk.sure.answer_by'), value: <b>{formatDate(state.correction.answerBy, lang, today)}</b> },
      { name: t('desk.sure.clock'), value: t('desk.sure.clock_stands') },
    ]
  if (action === 'publish_notice' && state.notice) {
    const [from, to] = [state.notice.startsOn, state.notice.endsOn].map((day) => formatDate(day, lang, today))
    return [
      { name: t('desk.sure.notice_days'), value: <b>{t('desk.sure.notice_from_to', { from: from!, to: to! })}</b> },
      ...(asksHousehold(page.matter)
        ? [{ name: t('desk.sure.notice_online'), value: t('desk.sure.notice_size', { n: page.members.length + 1 }) }]
        : []),
    ]
  }
  if (!state.dueAt) return [{ name: t('desk.sure.clock'), value: t('desk.sure.no_clock') }]
  const due = formatDate(dayOf(state.dueAt), lang, today)
  return [
    { name: t('desk.sure.clock'), value: t('desk.sure.clock_from_tomorrow') },
    { name: t('desk.sure.promised'), value: <b>{state.dueProvisional ? t('desk.sure.provisional', { day: due }) : due}</b> },
  ]
}
