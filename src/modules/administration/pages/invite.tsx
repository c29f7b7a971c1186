import type { Organisation } from '../../../core/access/index.ts'
import { DeskButton, DeskCard } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Select, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'

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
  const labels = {
    name: t('administration.name'),
    number: t('administration.number'),
    username: t('desk.sign_in.username'),
    organisationId: t('administration.organisation'),
  }
  return (
    <DeskPage {...shell} current={HOME} title={t('administration.invite.title')} errors={errors} labels={labels}>
      <DeskHead
        title={t('administration.invite.title')}
        crumbs={[{ href: HOME, label: t('administration.officers.title') }]}
        note={t('administration.invite.note')}
      />
      <Refused problem={problem} />
      <DeskCard title={t('administration.who')}>
        <Form view={view} action="/desk/administration/invite">
          <TextField
            view={view}
            name="name"
            label={labels.name}
            value={typed.name}
            errors={errors}
            autocomplete="off"
            maxLength={40}
          />
          <TextField
            view={view}
            name="number"
            label={labels.number}
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
            label={labels.username}
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
            label={labels.organisationId}
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
