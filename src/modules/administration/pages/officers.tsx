import type { Administration, OfficersPost } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { areaWords, roleWords } from './post-words.ts'

export interface OfficersProps extends DeskShell {
  all: Administration
  pack: LoadedPack
  now: Date
  newKey: string
  done?: string | undefined
  message?: string | undefined
}

export function OfficersPage({ all, pack, now, newKey, done, message, ...shell }: OfficersProps) {
  const { view } = shell
  const { t, lang, today } = view
  const inForce = (post: OfficersPost) => !post.endedAt && post.validFrom <= today && (!post.validTo || today <= post.validTo)
  const postsOf = (id: string) => all.posts.filter((post) => post.officerId === id && inForce(post))
  const waiting = all.proposals.filter((one) => one.outcome === null)
  return (
    <DeskPage {...shell} title={t('administration.officers.title')}>
      <DeskHead title={t('administration.officers.title')} note={t('administration.officers.note', { n: all.officers.length })}>
        <DeskButton href="/desk/administration/organisations">{t('administration.organisations.title')}</DeskButton>
        <DeskButton kind="primary" href="/desk/administration/invite" keyHint="N">
          {t('administration.invite.title')}
        </DeskButton>
      </DeskHead>
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {done === 'withdrawn' && (
        <Note tone="good" live>
          {t('administration.done.withdrawn')}
        </Note>
      )}
      {all.invitations.length > 0 && (
        <DeskCard title={t('administration.invitations.title')} note={t('administration.invitations.note')} flush>
          <Table
            caption={t('administration.invitations.title')}
            stack
            rows={all.invitations}
            keyOf={(one) => one.id}
            columns={[
              { title: t('administration.name'), cell: (one) => <b>{one.name}</b> },
              { title: t('administration.number'), cell: (one) => <span class="num">{one.number}</span> },
              { title: t('administration.organisation'), cell: (one) => one.organisation },
              {
                title: t('administration.invitations.until'),
                cell: (one) =>
                  one.expiresAt > now ? (
                    formatDateTime(one.expiresAt, lang, today)
                  ) : (
                    <DeskTag tone="warn">{t('administration.invitations.over')}</DeskTag>
                  ),
              },
              {
                title: t('administration.act'),
                silent: true,
                right: true,
                cell: (one) => (
                  <Form
                    view={view}
                    action={`/desk/administration/invitations/${one.id}/removal`}
                    idempotencyKey={`${newKey}-${one.id.slice(-6)}`}
                    class="d-act"
                  >
                    <DeskButton small>
                      {t('administration.invitations.withdraw')}
                      <span class="govuk-visually-hidden"> {one.name}</span>
                    </DeskButton>
                  </Form>
                ),
              },
            ]}
          />
        </DeskCard>
      )}
      {all.officers.length === 0 ? (
        <DeskEmpty
          title={t('administration.officers.none')}
          next={{ href: '/desk/administration/invite', label: t('administration.invite.title') }}
        />
      ) : (
        <div class="card">
          <Table
            caption={t('administration.officers.title')}
            keys
            stack
            rows={all.officers}
            keyOf={(one) => one.id}
            columns={[
              {
                title: t('administration.name'),
                cell: (one) => <a href={`/desk/administration/officers/${one.id}`}>{one.name}</a>,
              },
              { title: t('administration.number'), cell: (one) => <span class="num">{one.number}</span> },
              { title: t('administration.organisation'), cell: (one) => one.organisation },
              {
                title: t('administration.posts'),
                cell: (one) => {
                  const held = postsOf(one.id)
                  const words = held.map((post) =>
                    t('administration.role_where', {
                      role: roleWords(view, pack, post.role),
                      where: areaWords(view, pack, post.areas),
                    }),
                  )
                  return words.length > 0 ? (
                    words.join(t('desk.stop'))
                  ) : (
                    <span class="k-quiet">{t('administration.no_post')}</span>
                  )
                },
              },
              {
                title: t('administration.state'),
                cell: (one) =>
                  one.endedAt ? (
                    <DeskTag tone="plain">{t('administration.ended')}</DeskTag>
                  ) : waiting.some((proposal) => proposal.officerId === one.id) ? (
                    <DeskTag tone="warn">{t('administration.outcome.waiting')}</DeskTag>
                  ) : (
                    <DeskTag tone="good">{t('administration.active')}</DeskTag>
                  ),
              },
            ]}
          />
        </div>
      )}
    </DeskPage>
  )
}
