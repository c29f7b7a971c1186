import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, Lines, Note, Table, Two } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  Form,
  formatDateTime,
  formatShortDateTime,
  MomentField,
  type Problem,
  Radios,
  TextField,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { type Duty, roles } from '../roster.ts'
import type { RosterPage as ReadRoster } from '../use-cases.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  roster: ReadRoster
  mayKeep: boolean
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['role', 'name', 'contact', 'from', 'to'] as const

/** Who is on duty now; where nobody is in the next week, and where two are. */
export function RosterPage({ pack, roster, mayKeep, body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`roster.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  const span = ({ from, to }: { from: Date; to: Date }) => t('roster.span', { from: at(from), to: at(to) })
  return (
    <DeskPage {...shell} {...errors} title={t('roster.title')} labels={labels}>
      <DeskHead title={t('roster.title')} note={shortArea(view, pack.areaIn(t, lang, roster.area) || roster.area)} />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {roles.map((role) => {
        const now = roster.now.filter((one) => one.role === role)
        return (
          <Note key={role} tone={now.length === 1 ? 'good' : now.length === 0 ? 'bad' : 'warn'}>
            {now.length === 0
              ? t('roster.nobody_now', { role: t(`roster.role.${role}`) })
              : t('roster.now', {
                  role: t(`roster.role.${role}`),
                  who: now.map(({ name, contact }) => `${name} ${contact}`).join(t('event.join')),
                })}
          </Note>
        )
      })}
      <Two
        side={
          mayKeep && (
            <DeskCard title={t('roster.set')}>
              <Form view={view} action="/desk/duty" idempotencyKey={newKey}>
                <Radios {...field('role')} options={roles.map((value) => ({ value, label: t(`roster.role.${value}`) }))} />
                <TextField {...field('name')} maxLength={40} />
                <TextField {...field('contact')} maxLength={40} />
                <MomentField {...field('from')} />
                <MomentField {...field('to')} />
                <DeskButton kind="primary">{t('roster.set')}</DeskButton>
              </Form>
            </DeskCard>
          )
        }
      >
        <DeskCard title={t('roster.holes')} flush>
          <Lines
            stacks
            items={roles.flatMap((role) => {
              const { gaps, doubles } = roster.holes[role]
              const name = t(`roster.role.${role}`)
              return [
                ...gaps.map((one) => ({ name: t('roster.gap', { role: name }), value: span(one) })),
                ...doubles.map((one) => ({ name: t('roster.double', { role: name }), value: span(one) })),
                ...(gaps.length + doubles.length === 0 ? [{ name, value: t('roster.whole') }] : []),
              ]
            })}
          />
        </DeskCard>
        {roster.duties.length === 0 ? (
          <DeskEmpty title={t('roster.none')} />
        ) : (
          <DeskCard title={t('roster.week')} flush>
            <Table<Duty>
              caption={t('roster.week')}
              rows={roster.duties}
              keyOf={(one) => one.id}
              stack
              columns={[
                { title: t('roster.field.name'), cell: (one) => `${one.name} ${one.contact}` },
                { title: t('roster.field.role'), cell: (one) => t(`roster.role.${one.role}`) },
                { title: t('roster.field.from'), cell: (one) => formatShortDateTime(one.from, today) },
                { title: t('roster.field.to'), cell: (one) => formatShortDateTime(one.to, today) },
                ...(mayKeep
                  ? [
                      {
                        title: t('roster.cancel'),
                        silent: true,
                        cell: (one: Duty) => (
                          <Form
                            view={view}
                            action={`/desk/duty/${one.id}/cancel`}
                            idempotencyKey={`${newKey}-${one.id.slice(-12)}`}
                            class="d-act"
                          >
                            <DeskButton small>{t('roster.cancel')}</DeskButton>
                          </Form>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}
