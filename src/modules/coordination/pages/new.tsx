import { Fragment } from 'preact'
import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, Radios, Select, TextArea, TextField } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { ROWS } from '../desk/acts.ts'
import type { Callable } from '../use-cases/blow.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  callable: Callable
  areas: readonly { code: string; name: string }[]
  newKey: string
  body: Record<string, string>
  problem?: Problem
}

/** 吹哨: the first unit leads. Room for five; who calls more writes by the API. */
export function NewPage({ pack, callable, areas, newKey, body, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const { units, incident } = callable
  const all = (name: string, label: string, hint?: string) => ({
    view,
    name,
    label,
    value: body[name] ?? (incident ? { what: incident.title ?? '', place: incident.place }[name] : undefined) ?? '',
    ...(hint ? { hint } : {}),
    ...(problem ? { errors: problem.errors } : {}),
  })
  const unitLabel = (n: number) => t(n === 1 ? 'whistles.field.unit_lead' : 'whistles.field.unit_n', { n })
  const taskLabel = (n: number) => t(n === 1 ? 'whistles.field.task_lead' : 'whistles.field.task_n', { n })
  const labels = Object.fromEntries([
    ...['area', 'kind', 'what', 'place'].map((name) => [name, t(`whistles.field.${name}`)]),
    ...ROWS.flatMap((n) => [
      [`unit${n}`, unitLabel(n)],
      [`task${n}`, taskLabel(n)],
    ]),
  ])
  return (
    <DeskPage {...shell} title={t('whistles.blow')} errors={problem?.errors} labels={labels}>
      <DeskHead title={t('whistles.blow')} crumbs={[{ href: '/desk/whistles', label: t('whistles.title') }]} />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          {problem.message}
        </Note>
      )}
      <Form view={view} action="/desk/whistles/new" idempotencyKey={newKey}>
        <DeskCard title={t('whistles.facts')}>
          {incident ? (
            <>
              <input type="hidden" name="incident" value={incident.id} />
              <p>
                {t('whistles.from_incident')} <a href={`/desk/incidents/${incident.id}`}>{incident.number}</a>
                {incident.title && ` · ${incident.title}`}
              </p>
            </>
          ) : (
            <Select
              {...all('area', t('whistles.field.area'))}
              empty={t('whistles.choose')}
              options={areas.map(({ code, name }) => ({ value: code, label: shortArea(view, name) }))}
            />
          )}
          <Radios
            {...all('kind', t('whistles.field.kind'))}
            options={pack.whistleKinds.map(({ code, name, when }) => ({
              value: code,
              label: pick(name, lang),
              hint: pick(when, lang),
            }))}
          />
          <TextArea {...all('what', t('whistles.field.what'), t('whistles.field.what_hint'))} rows={3} maxLength={1000} />
          <TextField {...all('place', t('whistles.field.place'))} autocomplete="off" />
        </DeskCard>
        <DeskCard title={t('whistles.units')} note={t('whistles.units_note')}>
          {ROWS.map((n) => (
            <Fragment key={n}>
              <Select
                {...all(`unit${n}`, unitLabel(n))}
                empty={t(n === 1 ? 'whistles.choose' : 'whistles.nobody')}
                options={units.map(({ id, name }) => ({ value: id, label: organisationIn(pack, view, name) }))}
              />
              <TextArea {...all(`task${n}`, taskLabel(n))} rows={2} maxLength={1000} />
            </Fragment>
          ))}
          <p class="k-actions">
            <DeskButton kind="primary">{t('whistles.blow')}</DeskButton>
            <DeskButton kind="quiet" href="/desk/whistles">
              {t('whistles.back')}
            </DeskButton>
          </p>
        </DeskCard>
      </Form>
    </DeskPage>
  )
}
