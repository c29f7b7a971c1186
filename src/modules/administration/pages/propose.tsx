import type { Administration, Officer } from '../../../core/access/index.ts'
import { isAdministrator } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, Note } from '../../../ui/desk/index.ts'
import { Checkboxes, DateField, DeskHead, DeskPage, Form, type Problem, readMany, Select, typedDay } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'
import { roleWords } from './post-words.ts'

export interface ProposeProps extends DeskShell {
  officer: Officer
  all: Administration
  pack: LoadedPack
  /** Of the role's level at the organisation; null before both are chosen. */
  areas: readonly string[] | null
  typed: Record<string, string>
  newKey: string
  problem?: Problem | undefined
}

/** Which role at which organisation first, since the areas to choose from follow from both; then the rest. */
export function ProposePage({ officer, all, pack, areas, typed, newKey, problem, ...shell }: ProposeProps) {
  const { view } = shell
  const { t, lang } = view
  const path = `/desk/administration/officers/${officer.id}`
  const organisation = all.organisations.find((one) => one.id === typed.organisationId)
  // The first step is only a question, so nothing refuses it: going on without a role is told here.
  const errors = problem?.errors ?? (typed.role === '' ? { role: t('answer.choose') } : undefined)
  const labels = {
    organisationId: t('administration.organisation'),
    role: t('administration.role'),
    areas: t('administration.areas'),
    domains: t('administration.lines'),
    validFrom: t('administration.first_day'),
    validTo: t('administration.last_day'),
  }
  const chosen = (name: string) => readMany(typed[name])
  const from = typedDay(typed, 'validFrom')
  return (
    <DeskPage
      {...shell}
      current="/desk/administration/officers"
      title={t('administration.propose.title')}
      errors={errors}
      labels={labels}
    >
      <DeskHead
        title={t('administration.propose.title')}
        crumbs={[{ href: path, label: officer.name }]}
        note={t('administration.propose.note')}
      />
      <Refused problem={problem} />
      {!areas || areas.length === 0 || !organisation ? (
        <DeskCard title={t('administration.propose.which')}>
          {areas?.length === 0 && (
            <Note tone="warn" live>
              {t('administration.propose.nothing_fits')}
            </Note>
          )}
          <form method="get" action={`${path}/post`} class="k-form">
            <Select
              view={view}
              name="organisationId"
              label={labels.organisationId}
              hint={t('administration.propose.organisation_hint', { organisation: officer.organisation })}
              value={typed.organisationId ?? officer.organisationId}
              errors={errors}
              options={all.organisations.map((one) => ({ value: one.id, label: one.name }))}
            />
            <Select
              view={view}
              name="role"
              label={labels.role}
              empty={t('administration.choose')}
              value={typed.role ?? ''}
              errors={errors}
              options={pack.pack.roles.map((role) => ({
                value: role.code,
                label: t('administration.role_level', {
                  role: pick(role.name, lang),
                  level: t(`administration.level.${role.level}`),
                }),
              }))}
            />
            <p class="k-actions">
              <DeskButton kind="primary">{t('administration.propose.next')}</DeskButton>
              <DeskButton kind="quiet" href={path}>
                {t('administration.back')}
              </DeskButton>
            </p>
          </form>
        </DeskCard>
      ) : (
        <DeskCard title={roleWords(view, pack, typed.role ?? '')} note={organisation.name}>
          <Datagrid
            facts={[
              { name: t('administration.who'), value: `${officer.name} ${officer.number}` },
              ...(organisation.id === officer.organisationId
                ? []
                : [{ name: t('administration.lent_by'), value: officer.organisation }]),
            ]}
          />
          <Form view={view} action={`${path}/post`} idempotencyKey={newKey}>
            <input type="hidden" name="organisationId" value={organisation.id} />
            <input type="hidden" name="role" value={typed.role} />
            <Checkboxes
              view={view}
              name="areas"
              label={labels.areas}
              errors={errors}
              values={areas.length === 1 ? areas : chosen('areas')}
              options={areas.map((code) => ({ value: code, label: shortArea(view, pack.areaName(code) || code) }))}
            />
            {!isAdministrator(typed.role ?? '') && (
              <Checkboxes
                view={view}
                name="domains"
                label={labels.domains}
                errors={errors}
                values={chosen('domains')}
                options={pack.pack.domains.map((one) => ({ value: one.code, label: pick(one.name, lang) }))}
              />
            )}
            <DateField
              view={view}
              name="validFrom"
              label={labels.validFrom}
              errors={errors}
              value={from.year || from.month || from.day ? from : view.today}
            />
            <DateField
              view={view}
              name="validTo"
              label={labels.validTo}
              hint={t(
                organisation.id === officer.organisationId
                  ? 'administration.propose.last_hint'
                  : 'administration.propose.lent_hint',
              )}
              errors={errors}
              optional={organisation.id === officer.organisationId}
              value={typedDay(typed, 'validTo')}
            />
            <p class="k-actions">
              <DeskButton kind="primary">{t('administration.propose.send')}</DeskButton>
              <DeskButton kind="quiet" href={`${path}/post`}>
                {t('administration.propose.other')}
              </DeskButton>
            </p>
          </Form>
        </DeskCard>
      )}
    </DeskPage>
  )
}
