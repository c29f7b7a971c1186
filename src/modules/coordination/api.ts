/** Paths of the API, one sentence each. */
import type { Rooms } from '../rooms.ts'
import * as acts from './use-cases/acts.ts'
import { blowWhistle, listUnits } from './use-cases/blow.ts'
import { listWhistles, readFigures, readWhistle } from './use-cases/look.ts'

export function coordinationApi({ api }: Rooms): void {
  api('GET', '/whistles', listWhistles)
  api('POST', '/whistles', blowWhistle)
  api('GET', '/whistles/units', listUnits)
  api('GET', '/whistles/figures', readFigures)
  api('GET', '/whistles/:id', readWhistle)
  api('POST', '/whistles/:id/coming', acts.comeToWhistle)
  api('POST', '/whistles/:id/dispute', acts.disputePart)
  api('POST', '/whistles/:id/completion', acts.finishPart)
  api('POST', '/whistles/:id/decision', acts.decidePart)
  api('POST', '/whistles/:id/return', acts.sendPartBack)
  api('POST', '/whistles/:id/closing', acts.closeWhistle)
  api('POST', '/whistles/:id/rating', acts.rateUnit)
  api('POST', '/whistles/:id/withdrawal', acts.withdrawWhistle)
}
