/** 立案: the class first, then one of its conditions, each with its level, its limit and its end. Nothing is chosen beforehand. */
import type { Limit } from '../../../../core/clocks/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton } from '../../../../ui/desk/index.ts'
import { Checkboxes, Form, Radios, Select, TextField, type View } from '../../../../ui/index.ts'
import type { IncidentProps } from './incident.tsx'
import { className } from './parts.tsx'

export const limitWords = ({ t }: View, { value, unit }: Limit): string => t(`incident_desk.limit.${unit}`, { n: value })

export function Filing({ view, pack, page, body, problem, newKey, classCode }: IncidentProps) {
  const { t, lang } = view
  const mine = body.act === 'file'
  const errors = mine && problem ? { errors: problem.errors } : {}
  const of = pack.incidentClass(mine && body.classCode ? body.classCode : classCode)
  const address = `/desk/incidents/${page.found.id}`
  return (
    <div id="file">
      <form method="get" action={`${address}#file`}>
        <Select
          view={view}
          name="class"
          label={t('incident_desk.class')}
          hint={t('incident_desk.field.class_hint')}
          value={of.code}
          options={pack.incidents.classes.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
        />
        <p>
          <DeskButton small>{t('incident_desk.field.class_go')}</DeskButton>
        </p>
      </form>
      <Form view={view} action={`${address}/act`} idempotencyKey={`${newKey}-file`} ids="file">
        <input type="hidden" name="act" value="file" />
        <input type="hidden" name="classCode" value={of.code} />
        <Radios
          view={view}
          name="condition"
          label={t('incident_desk.field.condition', { class: pick(of.name, lang) })}
          hint={t('incident_desk.field.levels')}
          value={mine ? (body.condition ?? '') : ''}
          options={of.conditions.map((one) => ({
            value: one.code,
            label: pick(one.when, lang),
            hint: t('incident_desk.field.condition_hint', {
              level: one.level,
              limit: limitWords(view, one.limit),
              end: pick(one.done_when, lang),
            }),
          }))}
          {...errors}
        />
        <TextField
          view={view}
          name="title"
          label={t('incident_desk.field.title')}
          hint={t('incident_desk.field.title_hint')}
          value={mine ? (body.title ?? '') : className({ ...view, lang: 'zh' }, pack, of.code)}
          {...errors}
        />
        {of.private ? (
          <p class="k-quiet">{t('incident_desk.field.never_shown')}</p>
        ) : (
          <Checkboxes
            view={view}
            name="shown"
            label={t('incident_desk.field.for_outsiders')}
            values={!mine || body.shown === 'yes' ? ['yes'] : []}
            options={[{ value: 'yes', label: t('incident_desk.field.shown') }]}
            {...errors}
          />
        )}
        <DeskButton kind="primary">{t('incident_desk.do.file')}</DeskButton>
      </Form>
    </div>
  )
}
