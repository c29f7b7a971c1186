/** What the first page tells a person of her own things; nothing that is not there. */

import { listOwnReads } from '../../../core/access/index.ts'
import {
  type DraftLine,
  listAuthorisations,
  listDrafts,
  listNotices,
  listOwnCases,
  type NoticeView,
  type OwnCaseLine,
} from '../../../core/cases/index.ts'
import { listMessages } from '../../../core/messages/index.ts'
import { listOwnFound, type OwnFound } from '../../../core/outreach/index.ts'
import type { Call } from '../../../platform/use-case/use-case.ts'
import type { Visitor } from './visitor.ts'

export interface OwnThings {
  drafts: DraftLine[]
  cases: OwnCaseLine[]
  unread: number
  reads: number
  authorisations: number
  notices: NoticeView[]
  /** What a search found for her, that still stands, and that she wants to be told. */
  found: OwnFound[]
}

export async function ownThings(call: Call, visitor: Visitor): Promise<OwnThings | null> {
  if (visitor === 'nobody') return null
  const [drafts, cases] = await Promise.all([listDrafts.run(call, {}), listOwnCases.run(call, {})])
  if (visitor === 'by-phone') return { drafts, cases, unread: 0, reads: 0, authorisations: 0, notices: [], found: [] }
  const [messages, reads, members, notices, { found }] = await Promise.all([
    listMessages.run(call, {}),
    listOwnReads.run(call, {}),
    listAuthorisations.run(call, {}),
    listNotices.run(call, {}),
    listOwnFound.run(call, {}),
  ])
  return {
    drafts,
    cases,
    unread: messages.filter((message) => message.readAt === null).length,
    reads: reads.total,
    authorisations: members.filter((member) => member.authorisedAt === null && !member.over).length,
    notices,
    found: found.filter((one) => !one.stopped && !one.running && one.standing !== 'gone'),
  }
}

/** What waits for the person: everything that was asked of her once and for all. */
export const waiting = (cases: readonly OwnCaseLine[]): OwnCaseLine[] => cases.filter((one) => one.status === 'correcting')
