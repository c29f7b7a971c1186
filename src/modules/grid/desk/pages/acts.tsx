/** What this post can do with an incident now, each act with its own small form. */
import { organisationIn } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { Details, Form, formatDateTime, NumberField, Radios, Select, TextArea, TextField } from '../../../../ui/index.ts'
import { mostExtension } from '../../due.ts'
import { type Action, permissionOf, type Status } from '../../incident.ts'
import { PhotoField } from '../../pages/photo-field.tsx'
import { Filing, limitWords } from './filing.tsx'
import type { IncidentProps } from './incident.tsx'

/** The fields of each act, in order. */
const fieldsOf: Readonly<Record<Exclude<Action, 'link' | 'file'>, readonly FieldName[]>> = {
  verify: ['note'],
  not_file: ['reason'],
  void: ['reason'],
  unlink: ['reason'],
  dispatch: ['unitId'],
  recall: ['reason'],
  take_on: [],
  return: ['reason', 'basis'],
  request_extension: ['by', 'why', 'reason'],
  approve_extension: [],
  hang: ['why', 'reason', 'basis', 'notice'],
  resume: [],
  hand_in: ['done'],
  pass_check: ['how', 'note'],
  fail_check: ['reason'],
  close_unsolved: ['reason'],
  hide: ['why_hidden'],
  show: [],
}
type FieldName = 'note' | 'reason' | 'unitId' | 'basis' | 'by' | 'why' | 'notice' | 'done' | 'how' | 'why_hidden'

/** What takes it on is open and first; what ends or stops it is folded away. */
const FOLDED: ReadonlySet<Action> = new Set([
  'not_file',
  'void',
  'recall',
  'return',
  'request_extension',
  'hang',
  'fail_check',
  'close_unsolved',
  'unlink',
  'hide',
  'show',
])

/** What was done, and what was seen on site. */
const WITH_PHOTOS: ReadonlySet<Action> = new Set(['hand_in', 'pass_check', 'fail_check'])
/** What is to be known before. */
const NOTED: ReadonlySet<Action> = new Set(['not_file', 'void', 'recall', 'close_unsolved', 'hide', 'show'])

export function Acts(props: IncidentProps) {
  const { view, page } = props
  const { t } = view
  const possible = Object.entries(page.may).filter(([action]) => action !== 'link') as [Exclude<Action, 'link'>, true | string][]
  const can = possible.filter(([, may]) => may === true).map(([action]) => action)
  // Whether outsiders see it is no step of it: nobody waits for that.
  const steps = can.filter((action) => action !== 'hide' && action !== 'show').length
  // What is folded ends or stops it; the next step is somebody else's.
  const mine = can.some((action) => !FOLDED.has(action))
  const barred = possible.filter(([, may]) => may === 'incident.who_verifies_never_dispatches')
  return (
    <DeskCard title={t('incident_desk.acts')} raised={mine}>
      {!mine && !page.found.state.hiddenWith && (
        <p>
          {steps === 0 && t('incident_desk.nothing')} {turnOf(props)}
        </p>
      )}
      {barred.length > 0 && <Note tone="hold">{t('incident_desk.waits.who_verifies_never_dispatches')}</Note>}
      {can.map((action) =>
        action !== 'file' && FOLDED.has(action) ? (
          <Details key={action} title={t(`incident_desk.do.${action}`)} open={props.body.act === action}>
            <Act {...props} action={action} />
          </Details>
        ) : action === 'file' ? (
          <Filing key={action} {...props} />
        ) : (
          <Act key={action} {...props} action={action} />
        ),
      )}
    </DeskCard>
  )
}

/** Who does the next step: an officer by the name of her role, a unit by its own. */
function turnOf({ view, pack, page }: IncidentProps): string {
  const { t, lang, today } = view
  const { status, wordBy } = page.found.state
  const permission = WAITS_FOR[status]
  const roles = pack.pack.roles.filter((role) => permission && role.permissions.includes(permission))
  const who =
    (status === 'dispatched' || status === 'handling'
      ? organisationIn(pack, view, page.unitName ?? '')
      : roles.map(({ name }) => pick(name, lang)).join(t('incident_desk.turn.or'))) || t('incident_desk.turn.nobody')
  return t(`incident_desk.turn.${status}`, { who, by: wordBy ? formatDateTime(new Date(wordBy), lang, today) : '' })
}
const WAITS_FOR: Partial<Record<Status, string>> = {
  reported: permissionOf.verify,
  verified: permissionOf.file,
  filed: permissionOf.dispatch,
  hung: permissionOf.resume,
  handled: permissionOf.pass_check,
}

function Act({ action, ...props }: IncidentProps & { action: Exclude<Action, 'link' | 'file'> }) {
  const { view, page, newKey } = props
  const { t } = view
  const asked = WITH_PHOTOS.has(action) ? props.photos : null
  const mine = props.body.act === action
  return (
    <Form
      view={view}
      action={`/desk/incidents/${page.found.id}/act`}
      idempotencyKey={`${newKey}-${action}`}
      multipart={asked !== null}
      ids={action}
    >
      <input type="hidden" name="act" value={action} />
      {fieldsOf[action].map((name) => (
        <FieldOf key={name} {...props} action={action} name={name} />
      ))}
      {asked && (
        <PhotoField
          view={view}
          asked={mine ? asked : { ...asked, waiting: [] }}
          errors={mine ? props.problem?.errors : undefined}
        />
      )}
      {NOTED.has(action) && <p class="k-quiet">{t(`incident_desk.act_note.${action}`)}</p>}
      <DeskButton kind={FOLDED.has(action) ? 'plain' : 'primary'}>{t(`incident_desk.do.${action}`)}</DeskButton>
    </Form>
  )
}

function FieldOf({ action, name, view, pack, page, body, problem }: IncidentProps & { action: Action; name: FieldName }) {
  const { t, lang } = view
  const mine = body.act === action
  const value = (mine ? body[name === 'done' ? 'note' : name] : '') ?? ''
  const errors = mine && problem ? { errors: problem.errors } : {}
  const label = t(`incident_desk.field.${name === 'unitId' ? 'unit' : name}`)
  switch (name) {
    case 'note':
      return (
        <TextArea view={view} name="note" label={label} hint={t('incident_desk.field.note_hint')} value={value} {...errors} />
      )
    case 'done':
      return (
        <TextArea view={view} name="note" label={label} hint={t('incident_desk.field.done_hint')} value={value} {...errors} />
      )
    case 'reason':
      return (
        <TextArea view={view} name="reason" label={label} hint={t('incident_desk.field.reason_hint')} value={value} {...errors} />
      )
    case 'why_hidden':
      return (
        <TextArea
          view={view}
          name="why_hidden"
          label={label}
          hint={t('incident_desk.field.why_hidden_hint')}
          value={value}
          {...errors}
        />
      )
    case 'basis':
      return (
        <TextField view={view} name="basis" label={label} hint={t('incident_desk.field.basis_hint')} value={value} {...errors} />
      )
    case 'notice':
      return <TextField view={view} name="notice" label={label} value={value} {...errors} />
    case 'by': {
      const most = mostExtension(pack, page.found.state)
      return (
        <NumberField
          view={view}
          name="by"
          label={label}
          hint={t('incident_desk.field.by_hint', { most: limitWords(view, most) })}
          unit={t(`incident_desk.unit_of.${most.unit}`)}
          value={value}
          {...errors}
        />
      )
    }
    case 'why':
      return (
        <Select
          view={view}
          name="why"
          label={label}
          hint={t('incident_desk.field.why_hint')}
          empty={t('incident_desk.choose')}
          value={value}
          options={pack.incidents.delays.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
          {...errors}
        />
      )
    case 'unitId':
      if (page.units.length === 0) return <p>{t('incident_desk.field.unit_nobody')}</p>
      return (
        <Select
          view={view}
          name="unitId"
          label={label}
          hint={t('incident_desk.field.unit_hint')}
          empty={t('incident_desk.choose')}
          value={value}
          options={page.units.map(({ id, name: recorded, usual }) => {
            const name = organisationIn(pack, view, recorded)
            return { value: id, label: usual ? t('incident_desk.field.unit_usual', { name }) : name }
          })}
          {...errors}
        />
      )
    case 'how': {
      const seen = page.photos.some(({ fact }) => fact === 'handed_in')
      return (
        <Radios
          view={view}
          name="how"
          label={label}
          value={value}
          options={(['on_site', 'from_papers'] as const).map((how) => ({
            value: how,
            label: t(`incident_desk.field.how_${how === 'from_papers' && seen ? 'from_photos' : how}`),
          }))}
          {...errors}
        />
      )
    }
  }
}
