import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard, DueCell, Lines, Note, Two } from '../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  type Errors,
  Form,
  type Problem,
  Radios,
  Select,
  TextArea,
  TextField,
  type View,
} from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { type ActField, acts, unitFieldOf } from '../desk/acts.ts'
import { dueOfPart, standingOf } from '../desk/saying.ts'
import type { WhistlePage } from '../use-cases/look.ts'
import { type Action, choices, partOf } from '../whistle.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  page: WhistlePage
  action: Action
  of: string
  target: { part?: number; unitId?: string }
  now: Date
  newKey: string
  body: Record<string, string>
  problem?: Problem
}

/** One act on one whistle: what it does and what it asks for. */
export function ActPage({ pack, page, action, of, target, now, newKey, body, problem, ...shell }: Props) {
  const { view } = shell
  const { t } = view
  const { found, may, units } = page
  const { state } = found
  const { fields } = acts[action]
  const part = target.part === undefined ? undefined : partOf(state, target.part)
  const unitName = part?.unitName ?? state.parts.find(({ unitId }) => unitId === target.unitId)?.unitName
  const allowed =
    target.part !== undefined
      ? may.parts[target.part]?.[action]
      : target.unitId
        ? may.rate.includes(target.unitId)
        : may.whole[action]
  const because = allowed === true ? undefined : t(typeof allowed === 'string' ? allowed : 'whistle.not_now')
  const name = t(`whistles.action.${action}`)
  const back = `/desk/whistles/${found.id}`
  const asked = [...fields.map((field) => field.name), ...(action === 'decide' ? ['unit_goes_to', 'unit_backed'] : [])]
  const labels = Object.fromEntries(asked.map((one) => [one, t(`whistles.field.${one}`)]))
  return (
    <DeskPage {...shell} title={`${name} · ${found.number}`} errors={problem?.errors} labels={labels}>
      <DeskHead
        title={name}
        crumbs={[
          { href: '/desk/whistles', label: t('whistles.title') },
          { href: back, label: found.number },
        ]}
        {...(unitName ? { note: organisationIn(pack, view, unitName) } : {})}
      />
      {problem && Object.keys(problem.errors).length === 0 && (
        <Note tone="warn" live>
          {problem.message}
        </Note>
      )}
      {because && !problem && <Note tone="warn">{because}</Note>}
      <Two
        side={
          <DeskCard title={t('whistles.this')} flush>
            <Lines
              stacks
              items={[
                { name: t('whistles.field.what'), value: state.what },
                { name: t('whistles.field.place'), value: found.place },
                ...(part
                  ? [
                      { name: organisationIn(pack, view, part.unitName), value: part.task },
                      { name: t('whistles.status_title'), value: standingOf(view, part).words },
                      { name: t('desk.work.due'), value: <DueCell view={view} due={dueOfPart(now, part)} /> },
                    ]
                  : []),
                ...(part?.dispute ? [{ name: part.dispute.basis, value: part.dispute.reason }] : []),
              ]}
            />
          </DeskCard>
        }
      >
        <DeskCard title={name}>
          <p>{t(`whistles.what.${action}`)}</p>
          {because && !problem ? (
            <p class="k-actions">
              <DeskButton href={back}>{t('whistles.back')}</DeskButton>
            </p>
          ) : (
            <Form view={view} action={`${back}/act/${action}/${of}`} idempotencyKey={newKey}>
              {fields.map((field) => (
                <Field
                  key={field.name}
                  view={view}
                  field={field}
                  body={body}
                  units={units.map((unit) => ({ ...unit, name: organisationIn(pack, view, unit.name) }))}
                  {...(problem ? { errors: problem.errors } : {})}
                />
              ))}
              <p class="k-actions">
                <DeskButton kind="primary">{name}</DeskButton>
                <DeskButton kind="quiet" href={back}>
                  {t('whistles.back')}
                </DeskButton>
              </p>
            </Form>
          )}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

interface FieldProps {
  view: View
  field: ActField
  body: Readonly<Record<string, string>>
  units: WhistlePage['units']
  errors?: Errors
}

/** Below the choice that it belongs to. */
function UnitField({
  view,
  name,
  body,
  units,
  errors,
}: Pick<FieldProps, 'view' | 'body' | 'units'> & { name: string; errors: Errors | undefined }) {
  const { t } = view
  return (
    <Select
      view={view}
      name={name}
      label={t(`whistles.field.${name}`)}
      value={body[name] ?? ''}
      empty={t('whistles.choose')}
      options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
      {...(errors ? { errors } : {})}
    />
  )
}

/** Nothing is chosen beforehand. */
function Field({ view, field: { name, kind, hint, optional }, body, units, errors }: FieldProps) {
  const { t } = view
  const all = {
    view,
    name,
    label: `${t(`whistles.field.${name}`)}${optional ? t('whistles.may_be_empty') : ''}`,
    value: body[name] ?? '',
    ...(hint ? { hint: t(`whistles.field.${name}_hint`) } : {}),
    ...(errors ? { errors } : {}),
  }
  switch (kind) {
    case 'words':
      return <TextArea {...all} rows={3} maxLength={1000} />
    case 'short':
      return <TextField {...all} autocomplete="off" />
    case 'choice':
      return (
        <Radios
          {...all}
          options={choices.map((one) => {
            const named = unitFieldOf(one)
            const label = t(`whistles.choice.${one}`)
            return named
              ? { value: one, label, more: <UnitField view={view} name={named} body={body} units={units} errors={errors} /> }
              : { value: one, label }
          })}
        />
      )
    case 'stars':
      return <Radios {...all} options={[5, 4, 3, 2, 1].map((n) => ({ value: String(n), label: t(`whistles.stars.${n}`) }))} />
  }
}
