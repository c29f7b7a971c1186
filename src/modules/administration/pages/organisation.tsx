import { type Organisation, organisationKinds } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, Note, Table, Two } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Select, TextField } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'

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
  const labels = {
    name: t('administration.organisations.name'),
    kind: t('administration.organisations.kind'),
    area: t('administration.organisations.area'),
  }
  return (
    <DeskPage
      {...shell}
      current="/desk/administration/officers"
      title={t('administration.organisations.title')}
      errors={errors}
      labels={labels}
    >
      <DeskHead
        title={t('administration.organisations.title')}
        crumbs={[{ href: '/desk/administration/officers', label: t('administration.officers.title') }]}
      />
      <Refused problem={problem} />
      {done === 'added' && (
        <Note tone="good" live>
          {t('administration.done.added')}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('administration.organisations.add')}>
            <Form view={view} action="/desk/administration/organisations" idempotencyKey={newKey}>
              <TextField view={view} name="name" label={labels.name} value={typed.name} errors={errors} maxLength={60} />
              <Select
                view={view}
                name="kind"
                label={labels.kind}
                empty={t('administration.choose')}
                value={typed.kind ?? ''}
                errors={errors}
                options={organisationKinds.map((kind) => ({ value: kind, label: t(`administration.kind.${kind}`) }))}
              />
              <Select
                view={view}
                name="area"
                label={labels.area}
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
