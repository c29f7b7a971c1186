import { isAdministrator, type Officer, type OfficersPost, type Proposal, proposerFor } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, Note, Table, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, type Problem, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { CHANGES } from './changes.tsx'
import { Refused } from './parts.tsx'
import { areaWords, dateWords, lineWords, roleWords } from './post-words.ts'
import { OutcomeTag } from './proposals.tsx'

const DONE = ['ended', 'stopped', 'post-ended', 'proposed', 'first']

export interface OfficerProps extends DeskShell {
  officer: Officer
  posts: readonly OfficersPost[]
  proposals: readonly Proposal[]
  pack: LoadedPack
  newKey: string
  typed: Record<string, string>
  done?: string | undefined
  problem?: Problem | undefined
}

/** One officer: her posts, what is proposed for her, and how it ends. */
export function OfficerPage({ officer, posts, proposals, pack, newKey, typed, done, problem, ...shell }: OfficerProps) {
  const { view } = shell
  const { t, lang, today } = view
  const path = `/desk/administration/officers/${officer.id}`
  const errors = problem?.errors
  const labels = { reason: t('administration.reason') }
  const open = proposals.filter((one) => one.outcome === null || one.outcome === 'refused' || one.outcome === 'over')
  const by = (what: string, who: string | null, why: string | null) => [what, who, why].filter(Boolean).join(' · ')
  const over = (post: OfficersPost) => Boolean(post.endedAt) || (post.validTo !== null && post.validTo < today)
  // The viewer is a system administrator: another one is not hers to propose.
  const kind = posts.find((post) => !over(post) && isAdministrator(post.role))?.role ?? null
  const takesTwo = kind !== null && officer.stoppedAt === null
  const proposes = proposerFor(kind) === 'system-administrator'
  return (
    <DeskPage {...shell} current="/desk/administration/officers" title={officer.name} errors={errors} labels={labels}>
      <DeskHead
        title={officer.name}
        crumbs={[{ href: '/desk/administration/officers', label: t('administration.officers.title') }]}
        note={`${officer.organisation} · ${officer.number}`}
      >
        {!officer.endedAt && (
          <DeskButton kind="primary" href={`${path}/post`} keyHint="N">
            {t('administration.propose.title')}
          </DeskButton>
        )}
      </DeskHead>
      {done && DONE.includes(done) && (
        <Note tone="good" live>
          {t(`administration.done.${done.replace('-', '_')}`)}
        </Note>
      )}
      <Refused problem={problem} />
      {officer.endedAt && (
        <Note tone="warn">
          {by(
            t('administration.officer.ended', { at: formatDateTime(officer.endedAt, lang, today) }),
            officer.endedBy,
            officer.endedWhy,
          )}
        </Note>
      )}
      {officer.stoppedAt && !officer.endedAt && (
        <Note tone="warn">
          {by(
            t('administration.officer.stopped', { at: formatDateTime(officer.stoppedAt, lang, today) }),
            officer.stoppedBy,
            officer.stoppedWhy,
          )}
        </Note>
      )}
      <Two
        side={
          officer.endedAt ? (
            <DeskCard title={t('administration.officer.end')}>
              <p class="k-quiet">{t('administration.officer.ended_why')}</p>
            </DeskCard>
          ) : (
            <>
              <DeskCard title={t(officer.stoppedAt ? 'administration.stopped' : 'administration.officer.stop')}>
                {officer.stoppedAt ? (
                  <>
                    <p class="k-quiet">
                      {t(proposes ? 'administration.officer.restart_note' : 'administration.officer.ask_security')}
                    </p>
                    {proposes && (
                      <p class="k-actions">
                        <DeskButton small href={`${CHANGES}/restart/${officer.id}`}>
                          {t('administration.change.propose_restart')}
                        </DeskButton>
                      </p>
                    )}
                  </>
                ) : kind ? (
                  <>
                    <p class="k-quiet">{t(`administration.officer.${proposes ? 'stop_two_note' : 'stop_by_security'}`)}</p>
                    {proposes && (
                      <p class="k-actions">
                        <DeskButton small href={`${CHANGES}/stop/${officer.id}`}>
                          {t('administration.change.propose_stop')}
                        </DeskButton>
                      </p>
                    )}
                  </>
                ) : (
                  <Form view={view} action={`${path}/stop`} idempotencyKey={newKey}>
                    <p class="k-quiet">{t('administration.officer.stop_note')}</p>
                    <TextField
                      view={view}
                      name="reason"
                      label={labels.reason}
                      value={typed.reason}
                      errors={errors}
                      maxLength={200}
                    />
                    <DeskButton kind="danger">{t('administration.officer.stop')}</DeskButton>
                  </Form>
                )}
              </DeskCard>
              <DeskCard title={t('administration.change_kind.reset')}>
                <p class="k-quiet">{t(proposes ? 'administration.officer.reset_note' : 'administration.officer.ask_security')}</p>
                {proposes && (
                  <p class="k-actions">
                    <DeskButton small href={`${CHANGES}/reset/${officer.id}`}>
                      {t('administration.change.propose_reset')}
                    </DeskButton>
                  </p>
                )}
              </DeskCard>
              <DeskCard title={t('administration.officer.end')}>
                {takesTwo ? (
                  <p class="k-quiet">{t('administration.officer.stop_first')}</p>
                ) : (
                  <>
                    <p class="k-quiet">{t('administration.officer.end_note')}</p>
                    <p class="k-actions">
                      <DeskButton small href={`${path}/end`}>
                        {t('administration.officer.end')}
                      </DeskButton>
                    </p>
                  </>
                )}
              </DeskCard>
            </>
          )
        }
      >
        {open.length > 0 && (
          <DeskCard title={t('administration.officer.proposed')} flush>
            <Table
              caption={t('administration.officer.proposed')}
              stack
              rows={open}
              keyOf={(one) => one.id}
              columns={[
                { title: t('administration.role'), cell: (one) => <b>{roleWords(view, pack, one.role)}</b> },
                { title: t('administration.areas'), cell: (one) => areaWords(view, pack, one.areas) },
                { title: t('administration.dates'), cell: (one) => dateWords(view, one) },
                { title: t('administration.state'), cell: (one) => <OutcomeTag view={view} outcome={one.outcome} /> },
                { title: t('administration.decided_why'), cell: (one) => one.reason ?? '' },
              ]}
            />
          </DeskCard>
        )}
        {posts.length === 0 && (
          <DeskCard title={t('administration.posts')}>
            <p class="k-quiet">{t('administration.officer.no_posts')}</p>
          </DeskCard>
        )}
        {posts.map((post) => (
          <DeskCard
            key={post.id}
            title={roleWords(view, pack, post.role)}
            note={dateWords(view, post)}
            aside={
              <DeskTag tone={over(post) ? 'plain' : 'good'}>
                {t(over(post) ? 'administration.ended' : 'administration.active')}
              </DeskTag>
            }
          >
            <Datagrid
              facts={[
                { name: t('administration.organisation'), value: post.organisation },
                { name: t('administration.areas'), value: areaWords(view, pack, post.areas) },
                { name: t('administration.lines'), value: lineWords(view, pack, post.domains) },
                ...(post.lentBy ? [{ name: t('administration.lent_by'), value: post.lentBy }] : []),
                ...(post.endedAt
                  ? [
                      {
                        name: t('administration.ended'),
                        value: by(formatDateTime(post.endedAt, lang, today), post.endedBy, post.endedWhy),
                      },
                    ]
                  : []),
              ]}
            />
            {!over(post) && takesTwo && isAdministrator(post.role) && (
              <p class="k-quiet">{t('administration.officer.stop_first_post')}</p>
            )}
            {!over(post) && !(takesTwo && isAdministrator(post.role)) && (
              <p class="k-actions">
                <DeskButton small href={`${path}/posts/${post.id}/end`}>
                  {t('administration.officer.end_post')}
                  <span class="govuk-visually-hidden"> {roleWords(view, pack, post.role)}</span>
                </DeskButton>
              </p>
            )}
          </DeskCard>
        ))}
      </Two>
    </DeskPage>
  )
}
