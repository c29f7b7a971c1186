import { type Client, place, type Scene, type SignsIn } from './scene.ts'

export const GRID = ['grid']
type Officer = Client & SignsIn

/** Those through whose hands an incident goes; `lamps` is the unit of the one who handles it. */
export interface GridOfficers {
  supervisor: Officer
  dispatcher: Officer
  worker: Officer
  unit: Officer
  lamps: string
}
export async function gridOfficers(scene: Scene): Promise<GridOfficers> {
  const supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  const dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  const worker = await scene.officer('grid-worker', [place.community], { domains: GRID })
  const unit = await scene.officer('unit-officer', [place.street], { domains: GRID })
  const { rows } = await scene.owner.query(
    `update access.organisation set kind = 'unit', name = '示例路灯所' where id = (select organisation_id from access.post where id = $1) returning id`,
    [unit.postId],
  )
  return { supervisor, dispatcher, worker, unit, lamps: rows[0].id }
}
