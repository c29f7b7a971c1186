import type { Organisation } from '../../../core/access/index.ts'
import { DeskButton, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Select, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'

const HOME = '/desk/administration/officers'

export interface InviteProps extends DeskShell {
  organisations: readonly Organisation[]
  typed: Record<string, string>
  problem?: Problem | undefined
}

export function InvitePage({ organisations, typed, problem, ...shell }: InviteProps) {
  const { view } = shell
  const { t } = view
  const errors = problem?.errors
  return (
    <DeskPage {...shell} current={HOME} title={t('administration.invite.title')} errors={errors}>
      <DeskHead
        title={t('administration.invite.title')}
        crumbs={[{ href: HOME, label: t('administration.officers.title') }]}
        note={t('administration.invite.note')}
      />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard title={t('administration.who')}>
        <Form view={view} action="/desk/administration/invite">
          <TextField
            view={view}
            name="name"
            label={t('administration.name')}
            value={typed.name}
            errors={errors}
            autocomplete="off"
            maxLength={40}
          />
          <TextField
            view={view}
            name="number"
            label={t('administration.number')}
            hint={t('administration.invite.number_hint')}
            value={typed.number}
            errors={errors}
            autocomplete="off"
            spellcheck={false}
            maxLength={20}
            width="half"
          />
          <TextField
            view={view}
            name="username"
            label={t('desk.sign_in.username')}
            hint={t('desk.first.username_hint')}
            value={typed.username}
            errors={errors}
            autocomplete="off"
            spellcheck={false}
            maxLength={30}
            width="half"
          />
          <Select
            view={view}
            name="organisationId"
            label={t('administration.organisation')}
            empty={t('administration.choose')}
            value={typed.organisationId ?? ''}
            errors={errors}
            options={organisations.map((one) => ({ value: one.id, label: one.name }))}
          />
          <p class="k-actions">
            <DeskButton kind="primary">{t('administration.invite.make')}</DeskButton>
            <DeskButton kind="quiet" href={HOME}>
              {t('administration.back')}
            </DeskButton>
          </p>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}

/** The link, shown this once. */
export function InvitedPage({
  name,
  username,
  link,
  ...shell
}: DeskShell & { name: string; username: string; link: string; now: Date }) {
  const { view } = shell
  const { t } = view
  return (
    <DeskPage {...shell} current={HOME} title={t('administration.invited.title', { name })}>
      <DeskHead
        title={t('administration.invited.title', { name })}
        crumbs={[{ href: HOME, label: t('administration.officers.title') }]}
      />
      <DeskCard title={t('administration.invited.link')} raised>
        <Note tone="warn" live>
          {t('administration.invited.once')}
        </Note>
        <p>
          <label class="govuk-label" for="link">
            {t('administration.invited.give', { name })}
          </label>
          <input class="govuk-input" id="link" type="text" readOnly value={link} />
        </p>
        <p class="k-quiet">{t('administration.invited.next', { username })}</p>
        <p class="k-actions">
          <DeskButton kind="primary" href={HOME}>
            {t('administration.invited.back')}
          </DeskButton>
        </p>
      </DeskCard>
    </DeskPage>
  )
}
