/** Tasks at the desk: the list, a new one, one of them with what can be done, the admission list. */
import { covers, postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { UseCase } from '../../../platform/use-case/use-case.ts'
import { type PageRequest, type Problem, readDay } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { AdmissionPage } from './pages/admission.tsx'
import { TasksListPage } from './pages/list.tsx'
import { NewTaskPage } from './pages/new.tsx'
import { TaskPage } from './pages/task.tsx'
import { type Action, actions } from './task.ts'
import * as tasks from './use-cases.ts'

const useCaseOf: Readonly<Record<Action, unknown>> = {
  give: tasks.giveTask,
  return: tasks.returnTask,
  do: tasks.doTask,
  hand_back: tasks.handBackTask,
  close: tasks.closeTask,
  ask_again: tasks.askTaskAgain,
  withdraw: tasks.withdrawTask,
}

export function taskRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const pack = () => platform.services.packs.inForce()
  api('GET', '/tasks', tasks.listTasks)
  api('POST', '/tasks', tasks.pushTask)
  api('GET', '/tasks/:id', tasks.readTask)
  api('POST', '/tasks/:id/giving', tasks.giveTask)
  api('POST', '/tasks/:id/return', tasks.returnTask)
  api('POST', '/tasks/:id/doing', tasks.doTask)
  api('POST', '/tasks/:id/handing-back', tasks.handBackTask)
  api('POST', '/tasks/:id/closing', tasks.closeTask)
  api('POST', '/tasks/:id/asking-again', tasks.askTaskAgain)
  api('POST', '/tasks/:id/withdrawal', tasks.withdrawTask)
  api('GET', '/admission-list', tasks.readAdmission)

  pages.get('/desk/tasks', async (r) => {
    const shell = await deskShell(r, rooms)
    const list = tasks.taskLists.find((one) => one === r.query.list) ?? 'todo'
    const page = Math.min(400, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const found = await tasks.listTasks.run(r.call, { list, page })
    const mayPush = postOf(r.call.actor).permissions.includes('task.push')
    const pushed = r.query.done === 'push' ? { to: count(r.query.to), without: count(r.query.without) } : null
    return TasksListPage({ ...shell, pack: pack(), found, list, page, mayPush, pushed })
  })
  pages.get('/desk/tasks/admission', async (r) => {
    const shell = await deskShell(r, rooms)
    return AdmissionPage({ ...shell, pack: pack(), ...(await tasks.readAdmission.run(r.call, {})) })
  })

  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = postOf(r.call.actor)
    if (!post.permissions.includes('task.push'))
      throw new Refusal('access.not_permitted', 'forbidden', { permission: 'task.push' })
    const { items } = await tasks.readAdmission.run(r.call, {})
    // A district asks streets; whoever has one street chooses among its communities, too.
    const district = post.areas.some((area) => area.length < 9)
    const areas = pack().pack.areas.filter(
      ({ code, validTo }) => validTo === null && covers(post, code) && (code.length === 9 || (code.length === 12 && !district)),
    )
    const { body, newKey } = r
    return NewTaskPage({ ...shell, pack: pack(), items, areas, body, newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/tasks/new', (r) => showNew(r))
  pages.post(
    '/desk/tasks/new',
    async (r) => {
      const { area = '', itemCode = '', what = '' } = r.body
      const dueOn = readDay(r.body, 'dueOn')
      const wrong = [
        ...(itemCode ? [] : [{ path: '/itemCode', code: 'answer.choose' }]),
        ...(area ? [] : [{ path: '/area', code: 'answer.choose' }]),
        ...(dueOn ? [] : [{ path: '/dueOn', code: 'task.say_day' }]),
      ]
      if (wrong.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: wrong })
      const { ids, without } = await tasks.pushTask.run(r.call, { area, itemCode, what, dueOn })
      if (ids.length === 1 && without.length === 0) return `/desk/tasks/${ids[0]}?done=push`
      return `/desk/tasks?list=open&done=push&to=${ids.length}&without=${without.length}`
    },
    showNew,
    { at: () => '/desk/tasks/new' },
  )

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const read = await tasks.readTask.run(r.call, { id: idOf(r) })
    const { body, newKey } = r
    return TaskPage({ ...shell, pack: pack(), ...read, body, newKey, done: r.query.done, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/tasks/:id', (r) => show(r))
  pages.post(
    '/desk/tasks/:id/act/:action',
    async (r) => {
      const id = idOf(r)
      const action = actions.find((one) => one === r.params.action)
      if (!action) throw new Refusal('task.not_found', 'missing')
      const useCase = useCaseOf[action] as UseCase
      if (action === 'give') {
        const { workerId = '' } = r.body
        if (!isId(workerId))
          throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/workerId', code: 'answer.choose' }] })
        await useCase.run(r.call, { id, workerId })
      } else
        try {
          await useCase.run(r.call, { id, words: r.body[`${action}_words`] ?? '' })
        } catch (error) {
          throw atForm(error, action)
        }
      return `/desk/tasks/${id}?done=${action}`
    },
    show,
    { at: (r) => `/desk/tasks/${r.params.id}` },
  )
}

/** Several forms stand on the page: the field of this one is named after its act. */
function atForm(error: unknown, action: Action): unknown {
  if (!(error instanceof Refusal) || !Array.isArray(error.params.fields)) return error
  const fields = (error.params.fields as { path: string }[]).map((one) => ({ ...one, path: `/${action}_words` }))
  return new Refusal(error.code, error.kind, { ...error.params, fields })
}

const count = (typed = ''): number => (/^\d{1,3}$/.test(typed) ? Number(typed) : 0)

/** A mistyped address is a task that is not there. */
function idOf({ params: { id = '' } }: PageRequest): string {
  if (!isId(id)) throw new Refusal('task.not_found', 'missing')
  return id
}
