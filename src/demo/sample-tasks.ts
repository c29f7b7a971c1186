/** Sample tasks for grid workers: done and waiting for the department, in hand, just asked for. Invented like everything here; each act is that of a demo post on a past working day. */
import { addDays } from '../platform/day.ts'
import { dayOf } from '../platform/time.ts'
import { actOf, isOpen } from './act.ts'
import type { Ground, Teller } from './case-story.ts'

export async function makeSampleTasks({ platform, cast, now }: Ground, { instant, officer }: Teller): Promise<void> {
  if (!isOpen('grid.push-task')) return
  const say = (key: string) => platform.services.words.in('zh')(`demo.task.${key}`)
  const worker = cast.staff.flatMap((one) => one.posts).find((one) => one.code === 'grid-worker')!
  const ask = async (ago: number, who: string, itemCode: string, key: string, days: number): Promise<string> => {
    const { ids } = (await actOf('grid.push-task').run(officer(who, instant(ago)), {
      ...{ area: worker.areas[0]!, itemCode, what: say(`${key}.what`), dueOn: addDays(dayOf(now), days) },
    })) as { ids: string[] }
    return ids[0]!
  }
  const give = (ago: number, id: string) =>
    actOf('grid.give-task').run(officer('grid-supervisor', instant(ago)), { id, workerId: worker.id })

  const newcomers = await ask(6, 'newcomers', 'register-newcomers', 'newcomers', 1)
  await give(5, newcomers)
  await actOf('grid.do-task').run(officer('grid-worker', instant(2)), { id: newcomers, words: say('newcomers.did') })
  await give(1, await ask(3, 'reviewer', 'visit-vulnerable', 'visits', 4))
  await ask(1, 'safety', 'report-hazards', 'hazards', 8)
}
