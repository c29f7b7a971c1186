import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, type Problem, TextArea } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import { linesOf, standingOf } from '../broadcast.ts'
import type { DeskBroadcast } from '../store.ts'
import { kindName, STANDING_TONE } from './parts.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  one: DeskBroadcast
  now: Date
  may: { draft: boolean; issue: boolean; visit: boolean }
  /** She wrote it herself. */
  own: boolean
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

/** What will be told, as it will be read; and what can be done with it. */
export function BroadcastPage({ pack, emergencies, one, now, may, own, body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const standing = standingOf(one, now)
  const at = (act: string) => `/desk/warnings/${one.id}/${act}`
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const moment = (instant: Date) => formatDateTime(instant, lang, today)
  return (
    <DeskPage {...shell} {...errors} title={one.headline} current="/desk/warnings">
      <DeskHead
        crumbs={[{ href: '/desk/warnings', label: t('broadcast.title') }]}
        title={one.headline}
        note={kindName(view, emergencies, one)}
      >
        <DeskTag tone={STANDING_TONE[standing]}>{t(`broadcast.standing.${standing}`)}</DeskTag>
      </DeskHead>
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        first={
          <DeskCard title={t('event.acts')}>
            {standing === 'draft' && may.issue && !own && (
              <Form view={view} action={at('issue')} idempotencyKey={`${newKey}-issue`}>
                <p>{t('broadcast.issue_note')}</p>
                <DeskButton kind="primary">{t('broadcast.issue')}</DeskButton>
              </Form>
            )}
            {standing === 'draft' && (own || !may.issue) && <p>{t('broadcast.waits')}</p>}
            {standing === 'draft' && may.draft && (
              <Form view={view} action={at('drop')} idempotencyKey={`${newKey}-drop`}>
                <DeskButton>{t('broadcast.drop')}</DeskButton>
              </Form>
            )}
            {standing === 'issued' && (
              <div class="k-form">
                <DeskButton href={`/warnings/${one.id}`}>{t('broadcast.see_public')}</DeskButton>
                {may.visit && <DeskButton href={`/desk/warnings/${one.id}/visits`}>{t('broadcast.visits')}</DeskButton>}
                {may.draft && <DeskButton href={`/desk/warnings/new?corrects=${one.id}`}>{t('broadcast.correct')}</DeskButton>}
              </div>
            )}
            {standing === 'issued' && may.issue && (
              <Form view={view} action={at('withdraw')} idempotencyKey={`${newKey}-withdraw`}>
                <TextArea view={view} name="why" label={t('broadcast.why')} rows={2} value={body.why ?? ''} {...errors} />
                <DeskButton kind="danger">{t('broadcast.withdraw')}</DeskButton>
              </Form>
            )}
            {['dropped', 'corrected', 'withdrawn', 'over'].includes(standing) && <p>{t('broadcast.nothing')}</p>}
          </DeskCard>
        }
        side={null}
      >
        <DeskCard title={t('broadcast.text')}>
          {linesOf(one.body).map((line) => (
            <p key={line}>{line}</p>
          ))}
          {one.bodyEn && (
            <div lang="en">
              {one.headlineEn && <b>{one.headlineEn}</b>}
              {linesOf(one.bodyEn).map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          )}
          <Datagrid
            facts={[
              { name: t('broadcast.area'), value: pack.areaName(one.area) || one.area },
              { name: t('broadcast.ends'), value: moment(one.endsAt) },
              ...(one.issuer ? [{ name: t('broadcast.by_whom'), value: `${one.issuer} ${one.issuerNumber}` }] : []),
              { name: t('broadcast.drafted'), value: `${one.drafterName ?? ''} ${moment(one.draftedAt)}` },
              ...(one.issuedAt
                ? [{ name: t('broadcast.issued'), value: `${one.issuerName ?? ''} ${moment(one.issuedAt)}` }]
                : []),
              ...(one.endedAt
                ? [{ name: t(`broadcast.standing.${standing}`), value: `${moment(one.endedAt)} ${one.endedWhy ?? ''}` }]
                : []),
            ]}
          />
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
