import { asProxy } from '../../../core/access/index.ts'
import type { Call } from '../../../platform/use-case/use-case.ts'
import type { PageRequest } from '../../../ui/index.ts'

/** The request of whoever acts for another: the address says for whom. */
export async function proxyCall(r: PageRequest): Promise<Call> {
  return { ...r.call, actor: await asProxy(r.call.platform, r.call.actor, r.params.id ?? '', r.call.now) }
}
