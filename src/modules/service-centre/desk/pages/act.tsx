import { asksHousehold, type CasePage, type Preview } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DueCell, Lines, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate, type Problem } from '../../../../ui/index.ts'
import { acts, type DeskAction, isAct } from '../acts.ts'
import { datedOf, dueOfCase } from '../due.ts'
import type { DeskShell } from '../shell.ts'
import { stepName } from '../status.ts'
import { ActFields, labelsOf } from './act-fields.tsx'
import { Conditions } from './conditions.tsx'
import { NotIssued } from './not-issued.tsx'
import { WhatHappens } from './preview.tsx'

export interface ActProps extends DeskShell {
  page: CasePage
  pack: LoadedPack
  action: DeskAction
  now: Date
  newKey: string
  /** What was typed, when it comes back. */
  body: Record<string, string>
  problem?: Problem
  /** What would happen: the page then shows that and asks once, with what was typed kept in it. */
  preview?: Preview | null
}

/** One act on one case: what it does, what it asks for, and beside it what the officer decides on. */
export function ActPage({ page, pack, action, now, newKey, body, problem, preview, ...shell }: ActProps) {
  const { view } = shell
  const { t, lang } = view
  const { found, matter, may } = page
  const act = acts[action]
  const name = t(`case.action.${action}`)
  const state = may[action]
  const because = state === true ? undefined : t(state ?? 'case.not_now')
  const back = `/desk/cases/${found.id}`
  return (
    <DeskPage {...shell} title={`${name} · ${found.number}`} errors={problem?.errors} labels={labelsOf(view, act, page)}>
      <DeskHead
        title={name}
        crumbs={[
          { href: '/desk', label: t('desk.nav.work') },
          { href: back, label: found.number },
        ]}
        note={pick(matter.name, lang)}
      />
      <NotIssued view={view} page={page} pack={pack} />
      {problem?.refusal.kind === 'conflict' && <Conflict page={page} message={problem.message} shell={shell} kept />}
      {because && !problem && <Conflict page={page} message={because} shell={shell} />}
      <Two
        side={
          <>
            <DeskCard title={t('desk.case.this')} flush>
              <Lines
                items={[
                  { name: t('desk.work.matter'), value: pick(matter.name, lang) },
                  { name: t('desk.work.applicant'), value: `${found.surname}**` },
                  { name: t('desk.work.number'), value: found.number },
                  { name: t('desk.work.step'), value: stepName(view, pack, { ...found.state, matterCode: found.matterCode }) },
                  {
                    name: t('desk.work.due'),
                    value: <DueCell view={view} due={dueOfCase(view, pack, now, datedOf(found))} />,
                  },
                ]}
              />
            </DeskCard>
            {act.decides && <Conditions view={view} page={page} pack={pack} />}
          </>
        }
      >
        <DeskCard title={name}>
          <p>{t(`desk.what.${action}${action === 'record_authorisation' && !asksHousehold(matter) ? '_alone' : ''}`)}</p>
          {action === 'approve_extension' && found.state.extension && (
            <Lines
              items={[
                { name: t('desk.field.days'), value: t('desk.time.days', { n: found.state.extension.days }) },
                { name: t('desk.field.reason'), value: found.state.extension.reason },
              ]}
            />
          )}
          {action === 'confirm_survey' && found.state.survey && (
            <Lines
              items={[
                { name: t('desk.field.visitedOn'), value: formatDate(found.state.survey.visitedOn, lang, view.today) },
                { name: t('desk.field.first_officer'), value: found.state.survey.first.name },
                { name: t('desk.field.survey_note'), value: found.state.survey.note },
              ]}
            />
          )}
          {action === 'correct_basis' && (
            <Lines items={[{ name: t('desk.field.basis_now'), value: found.state.lapseBasis ?? '' }]} />
          )}
          {action === 'decide' && !preview && <Note>{t('desk.decide.remedies')}</Note>}
          {preview && <WhatHappens view={view} page={page} pack={pack} action={action} preview={preview} />}
          {/* A form that nobody can send is not shown; one that somebody has filled in stays. */}
          {because && !problem ? (
            <p class="k-actions">
              <DeskButton href={back}>{t('desk.act.to_case')}</DeskButton>
            </p>
          ) : (
            <Form view={view} action={`${back}/act/${action}`} idempotencyKey={newKey}>
              {preview ? (
                Object.entries({ ...body, sure: 'yes' }).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))
              ) : (
                <ActFields view={view} act={act} page={page} body={body} errors={problem?.errors} />
              )}
              <p class="k-actions">
                {!because && (
                  <DeskButton kind={act.tone === 'danger' ? 'danger' : 'primary'} focused={Boolean(preview)}>
                    {t(act.sure && !preview ? 'desk.act.see' : 'desk.act.do', { action: name })}
                  </DeskButton>
                )}
                {preview && act.fields.length > 0 && (
                  <DeskButton name="again" value="yes">
                    {t('desk.act.again')}
                  </DeskButton>
                )}
                <DeskButton kind="quiet" href={back}>
                  {t('desk.act.back')}
                </DeskButton>
              </p>
            </Form>
          )}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

/** Somebody was faster: what it is now, and what can be done instead. What was typed stays in the form below. */
function Conflict({ page, message, shell, kept }: { page: CasePage; message: string; shell: DeskShell; kept?: boolean }) {
  const { t } = shell.view
  const possible = Object.entries(page.may).filter(([action, may]) => may === true && isAct(action))
  return (
    <Note tone="warn" live>
      <p>
        <b>{message}</b>
      </p>
      <p>{t('desk.conflict.status', { status: t(`case.status.${page.found.state.status}`) })}</p>
      <p>
        {possible.length === 0 ? t('desk.conflict.nothing') : t('desk.conflict.possible')}{' '}
        {possible.map(([action], at) => (
          <span key={action}>
            {at > 0 && t('desk.join')}
            <a href={`/desk/cases/${page.found.id}/act/${action}`}>{t(`case.action.${action}`)}</a>
          </span>
        ))}
      </p>
      {kept && <p>{t('desk.conflict.kept')}</p>}
    </Note>
  )
}
