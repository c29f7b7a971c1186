import { ancestorAt, levelOf } from '../../../core/areas/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { Hold } from '../../../core/retention/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import {
  DateField,
  DeskHead,
  DeskPage,
  Form,
  formatDate,
  formatDateTime,
  type Problem,
  Radios,
  Select,
  TextField,
  typedDay,
  type View,
} from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { Refused } from './parts.tsx'

const HOME = '/desk/administration/holds'

/** Fields and their labels, which the list of what is wrong says, too. */
const FIELDS = [
  ['kind', 'what'],
  ...['number', 'personNumber', 'area', 'class', 'reason', 'basis', 'until'].map((name) => [name, name] as const),
] as const

export interface HoldsProps extends DeskShell {
  holds: readonly Hold[]
  /** Within the own ones. */
  areas: readonly string[]
  pack: LoadedPack
  typed: Record<string, string>
  newKey: string
  done: string | undefined
  problem?: Problem | undefined
}

/** A place, and a community with its street: streets of one district have communities of the same name. */
function placeWords(view: View, pack: LoadedPack, area: string): string {
  const street = levelOf(area) === 'community' ? pack.areaName(ancestorAt(area, 'street')) : ''
  return `${street}${shortArea(view, pack.areaName(area) || area)}`
}

/** What a hold is on: a number, or a class and a place; never a name. */
export function heldWords(view: View, pack: LoadedPack, hold: Hold): string {
  if (hold.kind === 'case') return hold.number ?? ''
  if (hold.kind === 'person') return view.t('administration.holds.person_of', { number: hold.number ?? '' })
  const found = pack.pack.retention?.find(({ code }) => code === hold.class)
  return `${placeWords(view, pack, hold.area)} · ${found ? pick(found.name, view.lang) : hold.class}`
}

/** The holds of the own area, and a form for another. */
export function HoldsPage({ holds, areas, pack, typed, newKey, done, problem, ...shell }: HoldsProps) {
  const { view } = shell
  const { t, lang, today } = view
  const say = (key: string, params = {}) => t(`administration.holds.${key}`, params)
  const open = holds.filter(({ endedAt }) => endedAt === null)
  const ended = holds.filter(({ endedAt }) => endedAt !== null)
  const errors = problem?.errors
  const why = (hold: Hold) => (
    <>
      {hold.reason}
      <br />
      <span class="k-quiet">{hold.basis}</span>
    </>
  )
  const classes = pack.pack.retention ?? []
  const number = (name: 'number' | 'personNumber', hint: string) => (
    <TextField
      view={view}
      name={name}
      label={say(name)}
      hint={say(hint)}
      value={typed[name]}
      errors={errors}
      autocomplete="off"
      width="half"
      maxLength={40}
    />
  )
  const which = (
    <>
      <Select
        view={view}
        name="area"
        label={say('area')}
        empty={t('administration.choose')}
        value={typed.area ?? ''}
        errors={errors}
        options={areas.map((code) => ({ value: code, label: placeWords(view, pack, code) }))}
      />
      <Select
        view={view}
        name="class"
        label={say('class')}
        empty={t('administration.choose')}
        value={typed.class ?? ''}
        errors={errors}
        options={classes.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
      />
    </>
  )
  // What each choice needs, and nothing of the others.
  const kinds = [
    { value: 'case', label: say('kind.case'), more: number('number', 'number_hint') },
    { value: 'person', label: say('kind.person'), more: number('personNumber', 'personNumber_hint') },
    ...(classes.length > 0 ? [{ value: 'area', label: say('kind.area'), more: which }] : []),
  ]
  const labels = Object.fromEntries(FIELDS.map(([name, label]) => [name, say(label)]))
  return (
    <DeskPage {...shell} current={HOME} title={say('title')} errors={errors} labels={labels}>
      <DeskHead title={say('title')} note={say('note')} />
      <Refused problem={problem} />
      {(done === 'placed' || done === 'end_done') && (
        <Note tone="good" live>
          {say(done)}
        </Note>
      )}
      {open.length === 0 ? (
        <DeskEmpty title={say('none')} />
      ) : (
        <div class="card">
          <Table
            caption={say('title')}
            keys
            stack
            rows={open}
            keyOf={({ id }) => id}
            columns={[
              { title: say('what'), cell: (hold) => <b>{heldWords(view, pack, hold)}</b> },
              { title: say('reason'), cell: why },
              {
                title: say('since'),
                cell: (hold) => (
                  <>
                    {formatDateTime(hold.placedAt, lang, today)}
                    <br />
                    <span class="k-quiet">{hold.placedBy}</span>
                  </>
                ),
              },
              {
                title: say('until'),
                cell: ({ until }) =>
                  until === null ? (
                    say('open')
                  ) : (
                    <>
                      {say('until_day', { day: formatDate(until, lang, today) })}{' '}
                      {until < today && <DeskTag tone="warn">{say('over')}</DeskTag>}
                    </>
                  ),
              },
              {
                title: say('end'),
                silent: true,
                right: true,
                cell: (hold) =>
                  hold.barred ? (
                    <span class="k-quiet">{say(`barred.${hold.barred}`)}</span>
                  ) : (
                    <DeskButton small href={`${HOME}/${hold.id}/end`}>
                      {say('end')}
                      <span class="govuk-visually-hidden"> {heldWords(view, pack, hold)}</span>
                    </DeskButton>
                  ),
              },
            ]}
          />
        </div>
      )}
      <DeskCard title={say('new')}>
        <Form view={view} action={HOME} idempotencyKey={newKey}>
          <Radios view={view} name="kind" label={say('what')} value={typed.kind} errors={errors} options={kinds} />
          <TextField
            view={view}
            name="reason"
            label={say('reason')}
            hint={say('reason_hint')}
            value={typed.reason}
            errors={errors}
            maxLength={200}
          />
          <TextField
            view={view}
            name="basis"
            label={say('basis')}
            hint={say('basis_hint')}
            value={typed.basis}
            errors={errors}
            maxLength={200}
          />
          <DateField
            view={view}
            name="until"
            label={say('until')}
            hint={say('until_hint')}
            errors={errors}
            optional
            value={typedDay(typed, 'until')}
          />
          <p class="k-actions">
            <DeskButton kind="primary">{say('place')}</DeskButton>
          </p>
        </Form>
      </DeskCard>
      {ended.length > 0 && (
        <DeskCard title={say('earlier')} flush>
          <Table
            caption={say('earlier')}
            stack
            rows={ended}
            keyOf={({ id }) => id}
            columns={[
              { title: say('what'), cell: (hold) => heldWords(view, pack, hold) },
              { title: say('reason'), cell: why },
              {
                title: say('end'),
                cell: (hold) =>
                  say('ended', {
                    by: hold.endedBy ?? '',
                    at: hold.endedAt ? formatDateTime(hold.endedAt, lang, today) : '',
                    why: hold.endedWhy ?? '',
                  }),
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
