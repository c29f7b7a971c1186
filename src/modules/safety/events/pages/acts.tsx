/** What can be done with an event now, each act with its own small form. */
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard } from '../../../../ui/desk/index.ts'
import { Details, Form, formatDateTime, MomentField, Select, TextArea, TextField, typedMoment } from '../../../../ui/index.ts'
import { means } from '../event.ts'
import type { EventProps } from './event.tsx'
import { FindingFields } from './fields.tsx'
import { recipientName } from './parts.tsx'

export function Acts(props: EventProps) {
  const { view, page, body, newKey, now, emergencies, problem } = props
  const { t, lang, today } = view
  const { event, facts, may } = page
  if (may.length === 0) return <DeskCard title={t('event.acts')}>{t('event.nothing_to_do')}</DeskCard>
  const at = (act: string) => `/desk/events/${event.id}/${act}`
  /** What was typed comes back into the form that it was typed into. */
  const back = (act: string) => {
    const mine = body.act === act
    const errors = mine && problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
    return { typed: mine ? body : {}, open: mine && problem !== undefined, errors }
  }
  const head = (act: string, more: Record<string, string> = {}) =>
    Object.entries({ act, ...more }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
  const reports = (['report', 'report_final', 'supplement'] as const).filter((act) => may.includes(act))
  const waiting = facts.filter(
    ({ seq, fact }) => fact.fact === 'told' && !facts.some((one) => one.fact.fact === 'acknowledged' && one.fact.told === seq),
  )
  const tell = back('tell')
  const answer = back('acknowledge')
  const respond = back('respond')
  const close = back('close')
  return (
    <>
      {may.includes('tell') && (
        <DeskCard title={t('event.act.tell')}>
          <Form view={view} action={at('telling')} idempotencyKey={`${newKey}-tell`} ids="tell">
            {head('tell')}
            <Select
              view={view}
              name="recipient"
              label={t('event.field.recipient')}
              value={tell.typed.recipient ?? emergencies.recipients[0]!.code}
              options={[
                ...emergencies.recipients.map(({ code, name }) => ({ value: code, label: pick(name, lang) })),
                { value: 'other', label: t('event.other') },
              ]}
              {...tell.errors}
            />
            <TextField
              view={view}
              name="name"
              label={t('event.field.name')}
              value={tell.typed.name ?? ''}
              optional
              {...tell.errors}
            />
            <Select
              view={view}
              name="means"
              label={t('event.field.means')}
              value={tell.typed.means ?? 'phone'}
              options={means.map((code) => ({ value: code, label: t(`event.means.${code}`) }))}
              {...tell.errors}
            />
            <MomentField
              view={view}
              name="at"
              label={t('event.field.at')}
              hint={t('event.at_hint')}
              value={tell.typed.at ?? typedMoment(now)}
              {...tell.errors}
            />
            <TextField
              view={view}
              name="note"
              label={t('event.field.note')}
              value={tell.typed.note ?? ''}
              optional
              {...tell.errors}
            />
            <DeskButton kind="primary">{t('event.act.tell')}</DeskButton>
          </Form>
        </DeskCard>
      )}
      {may.includes('acknowledge') && waiting.length > 0 && (
        <DeskCard title={t('event.act.acknowledge')}>
          <Form view={view} action={at('acknowledgement')} idempotencyKey={`${newKey}-ack`} ids="acknowledge">
            {head('acknowledge')}
            <Select
              view={view}
              name="told"
              label={t('event.field.told')}
              value={answer.typed.told ?? ''}
              options={waiting.flatMap(({ seq, fact }) =>
                fact.fact === 'told'
                  ? [
                      {
                        value: String(seq),
                        label: `${recipientName(view, emergencies, fact)} ${formatDateTime(new Date(fact.at), lang, today)}`,
                      },
                    ]
                  : [],
              )}
              {...answer.errors}
            />
            <TextField view={view} name="by" label={t('event.field.by')} value={answer.typed.by ?? ''} {...answer.errors} />
            <MomentField
              view={view}
              name="at"
              label={t('event.field.answered')}
              value={answer.typed.at ?? typedMoment(now)}
              {...answer.errors}
            />
            <DeskButton>{t('event.act.acknowledge')}</DeskButton>
          </Form>
        </DeskCard>
      )}
      {reports.map((act) => {
        const form = back(act)
        return (
          <DeskCard key={act} title={t(`event.act.${act}`)} note={t(`event.act_note.${act}`)}>
            <Details title={t('event.write')} open={form.open}>
              <Form view={view} action={at('report')} idempotencyKey={`${newKey}-${act}`} ids={act}>
                {head(act, { after: String(event.state.reports) })}
                <FindingFields
                  view={view}
                  pack={emergencies}
                  body={form.typed}
                  before={event.state}
                  whole={act !== 'report'}
                  asked={form.open && problem?.refusal.code === 'event.level_graver'}
                  {...form.errors}
                />
                <TextArea
                  view={view}
                  name="why"
                  label={t('event.field.why')}
                  hint={t('event.why_hint')}
                  value={form.typed.why ?? ''}
                  rows={2}
                  optional
                  {...form.errors}
                />
                <DeskButton kind="primary">{t(`event.act.${act}`)}</DeskButton>
              </Form>
            </Details>
          </DeskCard>
        )
      })}
      {may.includes('respond') && (
        <DeskCard title={t('event.act.respond')}>
          <Form view={view} action={at('response')} idempotencyKey={`${newKey}-respond`} ids="respond">
            {head('respond')}
            <Select
              view={view}
              name="response"
              label={t('event.field.response')}
              value={respond.typed.response ?? event.state.response ?? ''}
              empty={t('event.no_response')}
              options={emergencies.responses.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
              {...respond.errors}
            />
            <TextArea
              view={view}
              name="reason"
              label={t('event.field.reason')}
              value={respond.typed.reason ?? ''}
              rows={2}
              {...respond.errors}
            />
            <DeskButton>{t('event.set')}</DeskButton>
          </Form>
        </DeskCard>
      )}
      {may.includes('close') && (
        <DeskCard title={t('event.act.close')} note={t('event.act_note.close')}>
          <Form view={view} action={at('closing')} idempotencyKey={`${newKey}-close`} ids="close">
            {head('close')}
            <TextArea
              view={view}
              name="note"
              label={t('event.field.closing')}
              value={close.typed.note ?? ''}
              rows={2}
              {...close.errors}
            />
            <DeskButton>{t('event.act.close')}</DeskButton>
          </Form>
        </DeskCard>
      )}
    </>
  )
}
