import type { Emergencies } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, MomentField, type Problem, Radios, Select, typedMoment } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import { FindingFields, fieldLabels } from './fields.tsx'

interface Props extends DeskShell {
  emergencies: Emergencies
  areas: readonly { code: string; name: string }[]
  now: Date
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

/** 首报: kind, place and when the street learnt of it; the rest as far as it is known. */
export function NewEventPage({ emergencies, areas, now, body, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const typed = Object.keys(body).length > 0
  return (
    <DeskPage {...shell} {...errors} title={t('event.open')} labels={fieldLabels(view)}>
      <DeskHead
        crumbs={[{ href: '/desk/events', label: t('event.title') }]}
        title={t('event.open')}
        note={t('event.open_note')}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <DeskCard>
        <Form view={view} action="/desk/events/new" idempotencyKey={newKey}>
          <Radios
            view={view}
            name="kind"
            label={t('event.what')}
            value={body.kind ?? ''}
            options={emergencies.kinds.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
            {...errors}
          />
          <Select
            view={view}
            name="area"
            label={t('event.area')}
            value={body.area ?? ''}
            options={areas.map(({ code, name }) => ({ value: code, label: name }))}
            {...errors}
          />
          <MomentField
            view={view}
            name="learntAt"
            label={t('event.field.learntAt')}
            hint={t('event.learnt_hint')}
            value={typed ? (body.learntAt ?? '') : typedMoment(now)}
            {...errors}
          />
          <MomentField
            view={view}
            name="happenedAt"
            label={t('event.field.happenedAt')}
            value={body.happenedAt ?? ''}
            optional
            {...errors}
          />
          <FindingFields
            view={view}
            pack={emergencies}
            body={body}
            asked={problem?.refusal.code === 'event.level_graver'}
            {...errors}
          />
          <DeskButton kind="primary">{t('event.send_first')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
