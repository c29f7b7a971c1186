import { type Organisation, organisationKinds } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, Note, Table, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Select, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'

export interface OrganisationProps extends DeskShell {
  organisations: readonly Organisation[]
  areas: readonly { code: string; name: string }[]
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  done?: string | undefined
  problem?: Problem | undefined
}

/** Who employs officers here, and one more. */
export function OrganisationPage({ organisations, areas, pack, typed, newKey, done, problem, ...shell }: OrganisationProps) {
  const { view } = shell
  const { t } = view
  const errors = problem?.errors
  return (
    <DeskPage {...shell} current="/desk/administration/officers" title={t('administration.organisations.title')} errors={errors}>
      <DeskHead
        title={t('administration.organisations.title')}
        crumbs={[{ href: '/desk/administration/officers', label: t('administration.officers.title') }]}
      />
      {done === 'added' && (
        <Note tone="good" live>
          {t('administration.done.added')}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('administration.organisations.add')}>
            <Form view={view} action="/desk/administration/organisations" idempotencyKey={newKey}>
              <TextField
                view={view}
                name="name"
                label={t('administration.organisations.name')}
                value={typed.name}
                errors={errors}
                maxLength={60}
              />
              <Select
                view={view}
                name="kind"
                label={t('administration.organisations.kind')}
                empty={t('administration.choose')}
                value={typed.kind ?? ''}
                errors={errors}
                options={organisationKinds.map((kind) => ({ value: kind, label: t(`administration.kind.${kind}`) }))}
              />
              <Select
                view={view}
                name="area"
                label={t('administration.organisations.area')}
                empty={t('administration.choose')}
                value={typed.area ?? ''}
                errors={errors}
                options={areas.map((area) => ({ value: area.code, label: area.name }))}
              />
              <DeskButton kind="primary">{t('administration.organisations.add')}</DeskButton>
            </Form>
          </DeskCard>
        }
      >
        <div class="card">
          <Table
            caption={t('administration.organisations.title')}
            stack
            rows={organisations}
            keyOf={(one) => one.id}
            columns={[
              { title: t('administration.organisations.name'), cell: (one) => <b>{one.name}</b> },
              { title: t('administration.organisations.kind'), cell: (one) => t(`administration.kind.${one.kind}`) },
              { title: t('administration.organisations.area'), cell: (one) => pack.areaName(one.area) || one.area },
            ]}
          />
        </div>
      </Two>
    </DeskPage>
  )
}
