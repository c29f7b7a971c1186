/** Links that the earlier phone got. Whoever holds it may have lost her sign-in: no session is asked for. */
import { undoableSince, undoBinding } from '../../../core/access/index.ts'
import { throughDoor } from '../../../platform/use-case/audit.ts'
import type { Rooms } from '../../rooms.ts'
import { UndonePage, UndoPage } from './pages/undo.tsx'

export function undoRoutes({ pages, pool, platform }: Rooms): void {
  const { accounts } = platform.services
  const kinds = {
    phone: {
      open: (token: string, now: Date) => accounts.canUndoPhone(token, now),
      undo: (token: string, now: Date) => accounts.undoPhone(token, now),
      operation: 'account.undo-phone',
    },
    binding: {
      open: async (token: string, now: Date) => (await undoableSince(pool, { token }, now)) !== null,
      async undo(token: string, now: Date) {
        const undone = await undoBinding(pool, { token }, now)
        await accounts.endAll(undone.accountId)
        return undone
      },
      operation: 'account.undo-binding',
    },
  } as const
  for (const [kind, { open, undo, operation }] of Object.entries(kinds)) {
    const path = `/undo/${kind}/:token`
    // Opening a link undoes nothing: previews of chats open links too.
    pages.get(path, async ({ view, params, call }) =>
      UndoPage({ view, kind, action: `/undo/${kind}/${params.token}`, open: await open(params.token!, call.now) }),
    )
    pages.post(
      path,
      async (r) => {
        await throughDoor(r.call, operation, 'public', () => undo(r.params.token!, r.call.now))
        return UndonePage({ view: r.view, kind })
      },
      async ({ view, params }, problem) =>
        UndoPage({ view, kind, action: `/undo/${kind}/${params.token}`, open: false, message: problem.message }),
    )
  }
}
