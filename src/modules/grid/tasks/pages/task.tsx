/** One task: what is asked, what happened, and what this post can do now. */
import { type LoadedPack, organisationIn } from '../../../../core/matters/index.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, DeskTimeline, Note, Two } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  Form,
  formatDate,
  formatDateTime,
  type Problem,
  Select,
  TextArea,
  type View,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { type Action, actions } from '../task.ts'
import type { ReadTask } from '../use-cases.ts'
import { itemName, lineName, TONES } from './parts.tsx'

interface Props extends DeskShell, ReadTask {
  pack: LoadedPack
  body: Readonly<Record<string, string>>
  newKey: string
  done?: string | undefined
  problem?: Problem
}

export function TaskPage({ pack, task, course, may, workers, body, newKey, done, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const offered = actions.filter((action) => may[action] !== undefined)
  const labels = Object.fromEntries([
    ['workerId', t('tasks.field.workerId')],
    ...actions.filter((action) => action !== 'give').map((action) => [`${action}_words`, t(`tasks.words.${action}`)]),
  ])
  const name = itemName(view, pack, task.itemCode)
  return (
    <DeskPage {...shell} {...errors} title={name} labels={labels} current="/desk/tasks">
      <DeskHead
        crumbs={[{ href: '/desk/tasks', label: t('tasks.title') }]}
        note={shortArea(view, pack.areaIn(t, lang, task.area))}
        title={
          <>
            {name} <DeskTag tone={TONES[task.status]}>{t(`tasks.status.${task.status}`)}</DeskTag>
          </>
        }
      />
      {(done === 'push' || actions.some((one) => one === done)) && (
        <Note tone="good" live>
          {t(`tasks.done.${done}`)}
        </Note>
      )}
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {task.gone && <Note tone="warn">{t('tasks.gone_why')}</Note>}
      {task.off && task.endedAt === null && <Note tone="warn">{t('tasks.off_runs_on')}</Note>}
      <Two
        side={
          <DeskCard title={t('tasks.course')}>
            <DeskTimeline
              view={view}
              entries={course.map((row) => ({ state: 'done' as const, ...lineOf(view, pack, row) })).reverse()}
            />
          </DeskCard>
        }
      >
        <DeskCard title={t('tasks.asked')}>
          <p>{task.what}</p>
          <Datagrid
            facts={[
              {
                name: t('tasks.by'),
                value: `${organisationIn(pack, view, task.organisation)} · ${lineName(view, pack, task.line)}`,
              },
              { name: t('tasks.due'), value: formatDate(task.dueOn, lang, today) },
              { name: t('tasks.worker'), value: task.worker ?? t('tasks.nobody') },
            ]}
          />
        </DeskCard>
        {offered.length === 0 && task.endedAt === null && <Note>{t('tasks.waits_for_others')}</Note>}
        {offered.map((action) => (
          <DeskCard key={action} title={t(`tasks.act.${action}`)}>
            {typeof may[action] === 'string' ? (
              <p>{t(may[action])}</p>
            ) : (
              <Form view={view} action={`/desk/tasks/${task.id}/act/${action}`} idempotencyKey={`${newKey}-${action}`}>
                {action === 'give' ? (
                  <Select
                    view={view}
                    name="workerId"
                    label={labels.workerId!}
                    value={body.workerId ?? ''}
                    empty={t(workers.length > 0 ? 'borders.choose' : 'tasks.no_workers')}
                    {...errors}
                    options={workers.map(({ postId, name: who }) => ({ value: postId, label: who }))}
                  />
                ) : (
                  <TextArea
                    view={view}
                    name={`${action}_words`}
                    label={labels[`${action}_words`]!}
                    value={body[`${action}_words`] ?? ''}
                    rows={3}
                    maxLength={1000}
                    {...errors}
                  />
                )}
                <DeskButton kind={FIRST.has(action) ? 'primary' : 'plain'}>{t(`tasks.act.${action}`)}</DeskButton>
              </Form>
            )}
          </DeskCard>
        ))}
      </Two>
    </DeskPage>
  )
}
/** What takes it on, before what departs from it. */
const FIRST: ReadonlySet<Action> = new Set(['give', 'do', 'close'])

function lineOf(
  view: View,
  pack: LoadedPack,
  { fact, payload, officerName, organisationName, recordedAt }: ReadTask['course'][number],
) {
  const { t, lang, today } = view
  const said = payload as { note?: string; reason?: string; workerName?: string }
  return {
    title: t(`tasks.fact.${fact}`, { who: said.workerName ?? '' }),
    note: [formatDateTime(recordedAt, lang, today), officerName, organisationName && organisationIn(pack, view, organisationName)]
      .filter(Boolean)
      .join(' · '),
    text: said.note ?? said.reason ?? '',
  }
}
