/** Requests for footage at the desk: what waits, one of them, its decision, and each handing out. */
import { Datagrid, DeskButton, DeskCard, DeskEmpty, DeskTag, Lines, Note, Table, Two } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  Form,
  formatDate,
  formatDateTime,
  formatShortDateTime,
  MomentField,
  type Problem,
  Radios,
  TextArea,
  TextField,
  typedMoment,
} from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import { hows, overwrittenOn } from '../camera.ts'
import type { DeskRequest, FootageRequest, Handout } from '../store.ts'
import { STATUS_TONE } from './public.tsx'

type Listed = FootageRequest & { place: string }

export function FootageListPage({ requests, ...shell }: DeskShell & { requests: readonly Listed[] }) {
  const { view } = shell
  const { t, lang, today } = view
  return (
    <DeskPage {...shell} title={t('footage.title')}>
      <DeskHead title={t('footage.title')} note={t('camera.no_picture')} />
      {requests.length === 0 ? (
        <DeskEmpty title={t('footage.none')} />
      ) : (
        <DeskCard title={t('footage.list')} flush>
          <Table<Listed>
            caption={t('footage.list')}
            rows={requests}
            keyOf={(one) => one.id}
            keys
            stack
            toneOf={(one) => (one.status === 'waiting' && one.dueOn < today ? 'bad' : undefined)}
            columns={[
              { title: t('camera.place'), cell: (one) => <a href={`/desk/footage/${one.id}`}>{one.place}</a> },
              { title: t('footage.who'), cell: (one) => one.organ ?? t('footage.asker.self') },
              { title: t('footage.received'), cell: (one) => formatShortDateTime(one.receivedAt, today) },
              {
                title: t('footage.due'),
                cell: (one) =>
                  one.status === 'waiting' && one.dueOn < today
                    ? t('footage.overdue', { on: formatDate(one.dueOn, lang, today) })
                    : formatDate(one.dueOn, lang, today),
              },
              {
                title: t('event.status_title'),
                cell: (one) => <DeskTag tone={STATUS_TONE[one.status]}>{t(`footage.status.${one.status}`)}</DeskTag>,
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}

interface OneProps extends DeskShell {
  request: DeskRequest
  handouts: readonly Handout[]
  now: Date
  may: { decide: boolean; handOut: boolean }
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

export function FootagePage({ request, handouts, now, may, body, newKey, problem, ...shell }: OneProps) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  const { camera } = request
  const gone = overwrittenOn(request.toAt, camera.retentionDays)
  const labels = {
    reasons: t('footage.field.reasons'),
    outcome: t('footage.field.outcome'),
    at: t('footage.field.at'),
    receiver: t('footage.field.receiver'),
  }
  return (
    <DeskPage {...shell} {...errors} title={t('footage.one')} labels={labels} current="/desk/footage">
      <DeskHead crumbs={[{ href: '/desk/footage', label: t('footage.title') }]} title={camera.place}>
        <DeskTag tone={STATUS_TONE[request.status]}>{t(`footage.status.${request.status}`)}</DeskTag>
      </DeskHead>
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {request.status === 'waiting' && (
        <Note tone="warn">
          {t(gone < today ? 'footage.may_be_gone' : 'footage.keep_until', { on: formatDate(gone, lang, today) })}
        </Note>
      )}
      <Two
        side={
          <>
            {request.status === 'waiting' && may.decide && (
              <DeskCard title={t('footage.decide')}>
                <Form view={view} action={`/desk/footage/${request.id}/decision`} idempotencyKey={`${newKey}-decide`}>
                  <Radios
                    view={view}
                    name="outcome"
                    label={labels.outcome}
                    value={body.outcome ?? ''}
                    options={(['approved', 'refused'] as const).map((value) => ({ value, label: t(`footage.outcome.${value}`) }))}
                    {...errors}
                  />
                  <TextArea
                    view={view}
                    name="reasons"
                    label={labels.reasons}
                    hint={t('footage.reasons_hint')}
                    rows={3}
                    value={body.reasons ?? ''}
                    {...errors}
                  />
                  <DeskButton kind="primary">{t('footage.decide')}</DeskButton>
                </Form>
              </DeskCard>
            )}
            {request.status === 'approved' && may.handOut && (
              <DeskCard title={t('footage.hand_out')}>
                <Form view={view} action={`/desk/footage/${request.id}/handout`} idempotencyKey={`${newKey}-hand`}>
                  <Radios
                    view={view}
                    name="how"
                    label={t('footage.field.how')}
                    value={body.how ?? 'viewed'}
                    options={hows.map((value) => ({ value, label: t(`footage.how.${value}`) }))}
                    {...errors}
                  />
                  <TextField view={view} name="receiver" label={labels.receiver} value={body.receiver ?? ''} {...errors} />
                  <MomentField view={view} name="at" label={labels.at} value={body.at ?? typedMoment(now)} {...errors} />
                  <DeskButton kind="primary">{t('footage.note_it')}</DeskButton>
                </Form>
              </DeskCard>
            )}
          </>
        }
      >
        <DeskCard title={t('footage.one')}>
          <Datagrid
            facts={[
              { name: t('footage.who'), value: request.organ ?? request.personName ?? t('footage.asker.self') },
              ...(request.organNumber ? [{ name: t('footage.field.organNumber'), value: request.organNumber }] : []),
              { name: t('footage.stretch'), value: t('footage.from_to', { from: at(request.fromAt), to: at(request.toAt) }) },
              { name: t('footage.field.reason'), value: request.reason },
              { name: t('footage.received'), value: at(request.receivedAt) },
              { name: t('footage.due'), value: formatDate(request.dueOn, lang, today), source: t('footage.promise') },
              ...(request.reasons
                ? [
                    {
                      name: t('footage.reasons'),
                      value: request.reasons,
                      source: `${request.deciderName ?? ''} ${request.decidedAt ? at(request.decidedAt) : ''}`,
                    },
                  ]
                : []),
            ]}
          />
        </DeskCard>
        {request.status === 'approved' && (
          <DeskCard title={t('footage.handouts')} flush>
            {handouts.length === 0 ? (
              <p class="card-body">{t('footage.no_handouts')}</p>
            ) : (
              <Lines
                stacks
                items={handouts.map((one) => ({
                  name: `${t(`footage.how.${one.how}`)} · ${one.receiver}`,
                  value: `${at(one.at)} ${one.officerName ?? ''}`,
                }))}
              />
            )}
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}
