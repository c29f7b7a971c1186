import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Lines, Note, Table, Two } from '../../../../ui/desk/index.ts'
import {
  Checkboxes,
  DateField,
  DeskHead,
  DeskPage,
  Form,
  formatDate,
  formatDateTime,
  formatShortDateTime,
  MomentField,
  NumberField,
  type Problem,
  Select,
  TextArea,
  TextField,
  typedDay,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { ListedGroup, Patrol } from '../store.ts'
import type { GroupPage } from '../use-cases.ts'

const errorsOf = (problem?: Problem) => (problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {})

interface ListProps extends DeskShell {
  pack: LoadedPack
  groups: readonly ListedGroup[]
  areas: readonly { code: string; name: string }[]
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

export function WatchGroupsPage({ pack, groups, areas, body, newKey, problem, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = errorsOf(problem)
  const labels = Object.fromEntries(['area', 'name', 'about'].map((name) => [name, t(`watch.field.${name}`)]))
  const field = (name: string) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  return (
    <DeskPage {...shell} {...errors} title={t('watch.title')} labels={labels}>
      <DeskHead title={t('watch.title')} note={t('watch.note')} />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('watch.start')}>
            <Form view={view} action="/desk/watch" idempotencyKey={newKey}>
              <Select {...field('area')} options={areas.map(({ code, name }) => ({ value: code, label: name }))} />
              <TextField {...field('name')} maxLength={60} />
              <TextArea {...field('about')} rows={3} />
              <DeskButton kind="primary">{t('watch.start')}</DeskButton>
            </Form>
          </DeskCard>
        }
      >
        {groups.length === 0 ? (
          <DeskEmpty title={t('watch.none')} />
        ) : (
          <DeskCard title={t('watch.list')} flush>
            <Table<ListedGroup>
              caption={t('watch.list')}
              rows={groups}
              keyOf={(one) => one.id}
              keys
              stack
              columns={[
                { title: t('watch.field.name'), cell: (one) => <a href={`/desk/watch/${one.id}`}>{one.name}</a> },
                { title: t('watch.field.area'), cell: (one) => shortArea(view, pack.areaIn(t, lang, one.area) || one.area) },
                { title: t('watch.members'), cell: (one) => t('event.n_persons', { n: one.members }) },
                {
                  title: t('watch.short'),
                  cell: (one) =>
                    one.short > 0 ? <DeskTag tone="bad">{t('watch.short_n', { n: one.short })}</DeskTag> : t('watch.short_none'),
                },
                {
                  title: t('watch.last_training'),
                  cell: (one) =>
                    one.lastTraining ? (
                      formatDate(one.lastTraining, lang, today)
                    ) : (
                      <DeskTag tone="warn">{t('watch.never_trained')}</DeskTag>
                    ),
                },
              ]}
            />
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}

interface OneProps extends DeskShell, GroupPage {
  pack: LoadedPack
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}
const FIELDS = ['idNumber', 'agreed', 'from', 'to', 'place', 'needed', 'heldOn', 'content', 'tookPart'] as const

export function WatchGroupPage({ pack, group, members, patrols, trainings, body, newKey, problem, ...shell }: OneProps) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = errorsOf(problem)
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`watch.field.${name}`)]))
  const field = (name: (typeof FIELDS)[number]) => ({ view, name, label: labels[name]!, value: body[name] ?? '', ...errors })
  const at = (act: string) => `/desk/watch/${group.id}/${act}`
  return (
    <DeskPage {...shell} {...errors} title={group.name} labels={labels} current="/desk/watch">
      <DeskHead
        crumbs={[{ href: '/desk/watch', label: t('watch.title') }]}
        title={group.name}
        note={shortArea(view, pack.areaIn(t, lang, group.area) || group.area)}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <>
            <DeskCard title={t('watch.set_patrol')}>
              <Form view={view} action={at('patrol')} idempotencyKey={`${newKey}-patrol`}>
                <MomentField {...field('from')} />
                <MomentField {...field('to')} hint={t('watch.twelve')} />
                <TextField {...field('place')} maxLength={100} />
                <NumberField {...field('needed')} unit={t('event.persons')} />
                <DeskButton kind="primary">{t('watch.set_patrol')}</DeskButton>
              </Form>
            </DeskCard>
            <DeskCard title={t('watch.record_training')}>
              <Form view={view} action={at('training')} idempotencyKey={`${newKey}-training`}>
                <DateField view={view} name="heldOn" label={labels.heldOn!} value={typedDay(body, 'heldOn')} {...errors} />
                <TextArea {...field('content')} rows={2} />
                <NumberField {...field('tookPart')} unit={t('event.persons')} />
                <DeskButton>{t('watch.record_training')}</DeskButton>
              </Form>
            </DeskCard>
            <DeskCard title={t('watch.add_member')} note={t('watch.add_note')}>
              <Form view={view} action={at('member')} idempotencyKey={`${newKey}-member`}>
                <TextField {...field('idNumber')} maxLength={40} />
                <Checkboxes
                  view={view}
                  name="agreed"
                  label={labels.agreed!}
                  options={[{ value: 'signed', label: t('watch.signed') }]}
                  {...errors}
                />
                <DeskButton>{t('watch.add_member')}</DeskButton>
              </Form>
            </DeskCard>
          </>
        }
      >
        <DeskCard title={t('watch.about')}>
          <p>{group.about}</p>
        </DeskCard>
        <DeskCard title={t('watch.patrols')} flush>
          {patrols.length === 0 ? (
            <p class="card-body">{t('watch.no_patrols')}</p>
          ) : (
            <Table<Patrol>
              caption={t('watch.patrols')}
              rows={patrols}
              keyOf={(one) => one.id}
              stack
              toneOf={(one) => (one.taken < one.needed ? 'bad' : undefined)}
              columns={[
                { title: t('watch.field.from'), cell: (one) => formatShortDateTime(one.from, today) },
                { title: t('watch.field.to'), cell: (one) => formatShortDateTime(one.to, today) },
                { title: t('watch.field.place'), cell: (one) => one.place },
                {
                  title: t('watch.going'),
                  cell: (one) => (
                    <DeskTag tone={one.taken < one.needed ? 'bad' : 'good'}>
                      {one.taken < one.needed
                        ? t('watch.missing', { n: one.needed - one.taken, needed: one.needed })
                        : t('watch.enough', { n: one.taken })}
                    </DeskTag>
                  ),
                },
                {
                  title: t('roster.cancel'),
                  silent: true,
                  cell: (one) => (
                    <Form view={view} action={at('cancel')} idempotencyKey={`${newKey}-${one.id.slice(-12)}`} class="d-act">
                      <input type="hidden" name="patrolId" value={one.id} />
                      <DeskButton small>{t('roster.cancel')}</DeskButton>
                    </Form>
                  ),
                },
              ]}
            />
          )}
        </DeskCard>
        <DeskCard title={t('watch.members')} note={t('watch.looked')} flush>
          <Lines
            stacks
            items={members.map((one) => ({
              name: one.name,
              value: t(`watch.how.${one.how}`, { at: formatDateTime(one.agreedAt, lang, today) }),
            }))}
          />
        </DeskCard>
        <DeskCard title={t('watch.trainings')} flush>
          {trainings.length === 0 ? (
            <p class="card-body">{t('watch.never_trained')}</p>
          ) : (
            <Lines
              stacks
              items={trainings.map((one) => ({
                name: one.content,
                value: t('drill.held', { on: formatDate(one.heldOn, lang, today), n: one.tookPart }),
              }))}
            />
          )}
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
