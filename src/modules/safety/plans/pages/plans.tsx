import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table, Two } from '../../../../ui/desk/index.ts'
import {
  DateField,
  DeskHead,
  DeskPage,
  Form,
  formatDate,
  formatDateTime,
  NumberField,
  type Problem,
  Select,
  TextArea,
  TextField,
  typedDay,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { Drill, Plan } from '../store.ts'

interface Base extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  mayKeep: boolean
}
const errorsOf = (problem?: Problem) => (problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {})
const kindName = ({ view: { t, lang } }: Pick<DeskShell, 'view'>, { kinds }: Emergencies, code: string): string => {
  const kind = kinds.find((one) => one.code === code)
  return kind ? pick(kind.name, lang) : t('plan.all_kinds')
}

export function PlansPage({ pack, emergencies, mayKeep, plans, ...shell }: Base & { plans: readonly Plan[] }) {
  const { view } = shell
  const { t, lang, today } = view
  return (
    <DeskPage {...shell} title={t('plan.title')}>
      <DeskHead title={t('plan.title')}>
        {mayKeep && (
          <DeskButton kind="primary" href="/desk/plans/new">
            {t('plan.write')}
          </DeskButton>
        )}
      </DeskHead>
      {plans.length === 0 ? (
        <DeskEmpty title={t('plan.none')} />
      ) : (
        <DeskCard title={t('plan.list')} flush>
          <Table<Plan>
            caption={t('plan.list')}
            rows={plans}
            keyOf={(one) => one.id}
            keys
            stack
            columns={[
              { title: t('plan.field.title'), cell: (one) => <a href={`/desk/plans/${one.id}`}>{one.title}</a> },
              { title: t('plan.field.kind'), cell: (one) => kindName(shell, emergencies, one.kind) },
              { title: t('plan.where'), cell: (one) => shortArea(view, pack.areaIn(t, lang, one.area) || one.area) },
              { title: t('plan.version'), cell: (one) => t('plan.version_n', { n: one.version }) },
              {
                title: t('plan.last_drill'),
                cell: (one) =>
                  one.lastDrill ? (
                    formatDate(one.lastDrill, lang, today)
                  ) : (
                    <DeskTag tone="warn">{t('plan.never_drilled')}</DeskTag>
                  ),
              },
              {
                title: t('plan.open'),
                cell: (one) =>
                  one.open > 0 ? <DeskTag tone="warn">{t('plan.open_n', { n: one.open })}</DeskTag> : t('plan.open_none'),
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}

interface NewProps extends Omit<Base, 'mayKeep'> {
  areas: readonly { code: string; name: string }[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['kind', 'area', 'title', 'body', 'validFrom'] as const

export function NewPlanPage({ emergencies, areas, body, newKey, problem, pack: _, ...shell }: NewProps) {
  const { view } = shell
  const { t, lang } = view
  const errors = errorsOf(problem)
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`plan.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} title={t('plan.write')} labels={labels} current="/desk/plans">
      <DeskHead
        crumbs={[{ href: '/desk/plans', label: t('plan.title') }]}
        title={t(body.replaces ? 'plan.next_version' : 'plan.write')}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard>
        <Form view={view} action="/desk/plans/new" idempotencyKey={newKey}>
          <input type="hidden" name="replaces" value={body.replaces ?? ''} />
          <Select
            {...field('kind')}
            options={[
              { value: 'all', label: t('plan.all_kinds') },
              ...emergencies.kinds.map(({ code, name }) => ({ value: code, label: pick(name, lang) })),
            ]}
          />
          <Select {...field('area')} options={areas.map(({ code, name }) => ({ value: code, label: name }))} />
          <TextField {...field('title')} maxLength={100} />
          <TextArea {...field('body')} rows={14} maxLength={20_000} hint={t('plan.body_hint')} />
          <DateField view={view} name="validFrom" label={labels.validFrom!} value={typedDay(body, 'validFrom')} {...errors} />
          <DeskButton kind="primary">{t('plan.save')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}

interface OneProps extends Base {
  plan: Plan
  drills: readonly Drill[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

export function PlanPage({ pack, emergencies, mayKeep, plan, drills, body, newKey, problem, ...shell }: OneProps) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = errorsOf(problem)
  const names = ['heldOn', 'tookPart', 'findings', 'followUp', 'followUpBy', 'note'] as const
  const labels = Object.fromEntries(names.map((name) => [name, t(`drill.field.${name}`)]))
  const field = (name: (typeof names)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} errorsOf={body.drillId ?? ''} title={plan.title} labels={labels} current="/desk/plans">
      <DeskHead
        crumbs={[{ href: '/desk/plans', label: t('plan.title') }]}
        title={plan.title}
        note={[
          kindName(shell, emergencies, plan.kind),
          shortArea(view, pack.areaIn(t, lang, plan.area) || plan.area),
          t('plan.version_n', { n: plan.version }),
          t('plan.since', { on: formatDate(plan.validFrom, lang, today) }),
        ].join(' · ')}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {plan.replacedBy && (
        <Note tone="warn">
          <a href={`/desk/plans/${plan.replacedBy}`}>{t('plan.newer')}</a>
        </Note>
      )}
      <Two
        side={
          mayKeep && (
            <>
              {!plan.replacedBy && (
                <DeskCard title={t('plan.next_version')}>
                  <DeskButton href={`/desk/plans/new?replaces=${plan.id}`}>{t('plan.next_version')}</DeskButton>
                </DeskCard>
              )}
              <DeskCard title={t('drill.record')}>
                <Form view={view} action={`/desk/plans/${plan.id}/drill`} idempotencyKey={`${newKey}-drill`}>
                  <DateField view={view} name="heldOn" label={labels.heldOn!} value={typedDay(body, 'heldOn')} {...errors} />
                  <NumberField {...field('tookPart')} unit={t('event.persons')} />
                  <TextArea {...field('findings')} rows={3} />
                  <TextArea {...field('followUp')} rows={2} optional />
                  <DateField
                    view={view}
                    name="followUpBy"
                    label={labels.followUpBy!}
                    value={typedDay(body, 'followUpBy')}
                    optional
                    {...errors}
                  />
                  <DeskButton kind="primary">{t('drill.record')}</DeskButton>
                </Form>
              </DeskCard>
            </>
          )
        }
      >
        <DeskCard title={t('plan.text')}>
          {plan.body.split(/\r?\n/).map((line, at) => (
            <p key={at}>{line}</p>
          ))}
          {plan.replaces && (
            <p>
              <a href={`/desk/plans/${plan.replaces}`}>{t('plan.older')}</a>
            </p>
          )}
        </DeskCard>
        <DeskCard title={t('drill.title')}>
          {drills.length === 0 && <p>{t('plan.never_drilled')}</p>}
          {drills.map((one) => (
            <section key={one.id}>
              <h3>
                {t('drill.held', { on: formatDate(one.heldOn, lang, today), n: one.tookPart })}{' '}
                {one.followUp && !one.doneAt && (
                  <DeskTag tone={one.followUpBy! < today ? 'bad' : 'warn'}>
                    {t(one.followUpBy! < today ? 'drill.overdue' : 'drill.to_do', {
                      on: formatDate(one.followUpBy!, lang, today),
                    })}
                  </DeskTag>
                )}
              </h3>
              <p>{one.findings}</p>
              {one.followUp && <p>{t('drill.follows', { what: one.followUp })}</p>}
              {one.doneAt && <p>{t('drill.done', { at: formatDateTime(one.doneAt, lang, today), note: one.doneNote ?? '' })}</p>}
              {one.followUp && !one.doneAt && mayKeep && (
                <Form
                  view={view}
                  action={`/desk/plans/${plan.id}/done`}
                  idempotencyKey={`${newKey}-${one.id.slice(-12)}`}
                  ids={one.id}
                >
                  <input type="hidden" name="drillId" value={one.id} />
                  <TextField
                    view={view}
                    name="note"
                    label={labels.note!}
                    value={body.drillId === one.id ? (body.note ?? '') : ''}
                    maxLength={1000}
                    {...(body.drillId === one.id ? errors : {})}
                  />
                  <DeskButton>{t('drill.finish')}</DeskButton>
                </Form>
              )}
            </section>
          ))}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
