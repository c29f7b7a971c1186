import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, Note, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, type Problem, TextArea, type View } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { NEEDS } from '../../visits/store.ts'
import type { NeedCounts } from '../../visits/use-cases.ts'
import { linesOf, standingOf } from '../broadcast.ts'
import type { DeskBroadcast } from '../store.ts'
import { kindName, STANDING_TONE } from './parts.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  one: DeskBroadcast
  /** How many are waited for; for who wrote it and who answers for it. */
  needs: NeedCounts | null
  now: Date
  may: { draft: boolean; issue: boolean; visit: boolean }
  /** She wrote it herself. */
  own: boolean
  body: Readonly<Record<string, string>>
  newKey: string
  done?: 'issue' | 'drop' | 'withdraw' | undefined
  problem?: Problem
}

/** What will be told, as it will be read; and what can be done with it. */
export function BroadcastPage({ pack, emergencies, one, needs, now, may, own, body, newKey, done, problem, ...shell }: Props) {
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
      {done && !problem && (
        <Note tone="good" live>
          {t(`broadcast.done.${done}`)}
        </Note>
      )}
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
                {one.visits && may.visit && (
                  <DeskButton href={`/desk/warnings/${one.id}/visits`}>{t('broadcast.visits')}</DeskButton>
                )}
                {may.draft && <DeskButton href={`/desk/warnings/new?corrects=${one.id}`}>{t('broadcast.correct')}</DeskButton>}
              </div>
            )}
            {standing === 'issued' && may.issue && (
              <Form view={view} action={at('withdraw')} idempotencyKey={`${newKey}-withdraw`}>
                {problem?.refusal.code === 'broadcast.people_wait' && <input type="hidden" name="sure" value="yes" />}
                <TextArea view={view} name="why" label={t('broadcast.why')} rows={2} value={body.why ?? ''} {...errors} />
                <DeskButton kind="danger">
                  {t(problem?.refusal.code === 'broadcast.people_wait' ? 'broadcast.withdraw_still' : 'broadcast.withdraw')}
                </DeskButton>
              </Form>
            )}
            {['dropped', 'corrected', 'withdrawn', 'over'].includes(standing) && <p>{t('broadcast.nothing')}</p>}
          </DeskCard>
        }
        side={null}
      >
        {needs && <Needs view={view} needs={needs} {...(may.visit ? { href: `/desk/warnings/${one.id}/visits` } : {})} />}
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
              { name: t('broadcast.area'), value: shortArea(view, pack.areaIn(t, lang, one.area) || one.area) },
              { name: t('broadcast.ends'), value: moment(one.endsAt) },
              { name: t('lookup.title'), value: t(one.visits ? 'broadcast.visits_yes' : 'broadcast.visits_no') },
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

/** What visits have found so far, in numbers; names only by the list, for who may read them. */
function Needs({ view, needs: { counts, needs, helped }, href }: { view: View; needs: NeedCounts; href?: string }) {
  const { t } = view
  const by = NEEDS.flatMap((need) =>
    needs[need] ? [t('lookup.need_n', { need: t(`lookup.need.${need}`), n: needs[need] })] : [],
  )
  const n = (value: number) => t('event.n_persons', { n: value })
  return (
    <DeskCard title={t('lookup.title')} note={t('lookup.numbers_alone')}>
      {counts.help > 0 && <Note tone="bad">{t('lookup.help_wanted', { n: counts.help, needs: by.join(t('event.join')) })}</Note>}
      <Datagrid
        facts={[
          { name: t('lookup.group.help'), value: n(counts.help) },
          { name: t('lookup.group.open'), value: n(counts.open) },
          { name: t('lookup.group.again'), value: n(counts.again) },
          { name: t('lookup.result.helped'), value: n(helped) },
          { name: t('lookup.result.told'), value: n(counts.told - helped) },
        ]}
      />
      {href && <DeskButton href={href}>{t('broadcast.visits')}</DeskButton>}
    </DeskCard>
  )
}
