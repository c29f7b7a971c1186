/** Tasks of a post: what waits for it, what runs, what has ended. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskEmpty, DeskPager, DeskTag, Note, Table, Tabs } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { type ListedTask, TASKS_A_PAGE, type TaskList, type TasksPage, taskLists } from '../use-cases.ts'
import { itemName, TONES } from './parts.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  found: TasksPage
  list: TaskList
  page: number
  mayPush: boolean
  /** Just now: to how many communities it went, and how many have no grid that it could go to. */
  pushed: { to: number; without: number } | null
}

export function TasksListPage({ pack, found, list, page, mayPush, pushed, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const from = (page - 1) * TASKS_A_PAGE
  const isLate = ({ status, dueOn }: ListedTask) => (status === 'pushed' || status === 'given') && dueOn < today
  return (
    <DeskPage {...shell} title={t('tasks.title')} current="/desk/tasks">
      <DeskHead title={t('tasks.title')} note={t('tasks.note')}>
        <DeskButton href="/desk/tasks/admission">{t('tasks.admission')}</DeskButton>
        {mayPush && (
          <DeskButton kind="primary" href="/desk/tasks/new">
            {t('tasks.new')}
          </DeskButton>
        )}
      </DeskHead>
      {pushed && (
        <Note tone="good" live>
          {t('tasks.pushed_to', { n: pushed.to })}
          {pushed.without > 0 && t('tasks.pushed_without', { n: pushed.without })}
        </Note>
      )}
      <Tabs
        label={t('tasks.title')}
        items={taskLists.map((one) => ({
          href: `/desk/tasks?list=${one}`,
          label: t(`tasks.list.${one}`),
          on: one === list,
          ...(one === 'ended' ? {} : { count: found.counts[one] }),
        }))}
      />
      {found.rows.length === 0 ? (
        <DeskEmpty
          title={t('tasks.none')}
          {...(list === 'todo' ? { next: { href: '/desk/tasks?list=open', label: t('tasks.list.open') } } : {})}
        >
          {t('tasks.none_why')}
        </DeskEmpty>
      ) : (
        <>
          <div class="card">
            <Table<ListedTask>
              caption={t('tasks.title')}
              rows={found.rows}
              keyOf={({ id }) => id}
              keys
              stack
              toneOf={(row) => (isLate(row) ? 'bad' : undefined)}
              columns={[
                {
                  title: t('tasks.item'),
                  cell: (row) => <a href={`/desk/tasks/${row.id}`}>{itemName(view, pack, row.itemCode)}</a>,
                },
                { title: t('tasks.what'), quiet: true, cell: ({ what }) => (what.length > 30 ? `${what.slice(0, 30)}…` : what) },
                { title: t('tasks.area'), cell: ({ area }) => shortArea(view, pack.areaIn(t, lang, area)) },
                {
                  title: t('tasks.due'),
                  cell: (row) => `${formatDate(row.dueOn, lang, today)}${isLate(row) ? t('tasks.late') : ''}`,
                },
                {
                  title: t('tasks.status_title'),
                  cell: ({ status, worker, off, gone }) => (
                    <>
                      <DeskTag tone={TONES[status]}>{t(`tasks.status.${status}`)}</DeskTag>{' '}
                      {off && status !== 'closed' && <DeskTag tone="bad">{t('tasks.off')}</DeskTag>}{' '}
                      {worker && status === 'given' && <span class="k-quiet">{worker}</span>}{' '}
                      {gone && <DeskTag tone="bad">{t('tasks.gone')}</DeskTag>}
                    </>
                  ),
                },
              ]}
            />
          </div>
          <DeskPager
            view={view}
            from={from + 1}
            to={from + found.rows.length}
            {...(page > 1 ? { previous: `/desk/tasks?list=${list}&page=${page - 1}` } : {})}
            {...(found.more ? { next: `/desk/tasks?list=${list}&page=${page + 1}` } : {})}
          />
        </>
      )}
    </DeskPage>
  )
}
