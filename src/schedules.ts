/** Every sweep, in one place. A sweep only wakes; its use case finds what is due. */
import { recomputeProvisional, remindPermits, takeDownNotices } from './core/cases/index.ts'
import { printWaiting, renewDerivatives, sweepFiles } from './core/documents/index.ts'
import { sendMessages } from './core/messages/index.ts'
import { searchTonight, searchWaiting, tellFound } from './core/outreach/index.ts'
import { deleteAccounts, letGoToday } from './core/retention/index.ts'
import { escalateUnanswered } from './modules/coordination/index.ts'
import { endWaiting, stripReports } from './modules/grid/index.ts'
import { tendHazards } from './modules/hazards/index.ts'
import { forgetVisits, tellWarnings } from './modules/safety/index.ts'
import { makePartitions } from './platform/database/partitions.ts'
import { forgetKeptForms } from './platform/http/kept-forms.ts'
import { type Schedule, sweep } from './platform/jobs.ts'
import type { Platform } from './platform/platform.ts'

/** The pack's whole area and every line: sweeps serve everybody. */
const everywhere = ({ services }: Platform) => {
  const { pack } = services.packs.inForce()
  return { scope: pack.area, domains: pack.domains.map((d) => d.code) }
}

export const schedules: readonly Schedule[] = [
  { name: 'refresh-packs', cron: '* * * * *', run: ({ services }) => services.packs.refresh() },
  sweep('take-down-notices', '* * * * *', takeDownNotices, everywhere),
  sweep('print-documents', '* * * * *', printWaiting, everywhere),
  { name: 'send-messages', cron: '* * * * *', run: sendMessages },
  sweep('renew-derivatives', '*/5 * * * *', renewDerivatives, everywhere),
  sweep('sweep-files', '41 19 * * *', sweepFiles, everywhere),
  { name: 'search-everybody', cron: '31 18 * * *', run: searchTonight },
  { name: 'search', cron: '* * * * *', run: searchWaiting },
  // Finished searches of the night and of the day; what leaves the house of it waits for the morning.
  sweep('tell-found', '*/5 * * * *', tellFound, everywhere),
  // In the morning here, so that what is told leaves by daylight.
  sweep('remind-permits', '11 1 * * *', remindPermits, everywhere),
  sweep('tend-hazards', '27 * * * *', tendHazards, everywhere),
  // A warning does not wait: its inbox messages are there within a minute.
  sweep('tell-warnings', '* * * * *', tellWarnings, everywhere),
  sweep('forget-visits', '27 19 * * *', forgetVisits, everywhere),
  sweep('recompute-provisional', '7 * * * *', recomputeProvisional, everywhere),
  sweep('end-waiting', '*/10 * * * *', endWaiting, everywhere),
  sweep('escalate-unanswered', '*/5 * * * *', escalateUnanswered, everywhere),
  sweep('strip-reports', '53 18 * * *', stripReports, everywhere),
  { name: 'forget-kept-forms', cron: '*/5 * * * *', run: ({ db, clock }) => forgetKeptForms(db.pool, clock()) },
  // Daily, six months ahead: a process that runs for half a year must not come to the end of its months.
  { name: 'make-partitions', cron: '41 18 * * *', run: ({ db, clock }) => makePartitions(db.pool, clock()) },
  // At night, after the copies of the day: what a class lets go is still in yesterday's.
  { name: 'let-go', cron: '7 18 * * *', run: letGoToday },
  // Seven days after somebody asked for it, to the hour.
  { name: 'delete-accounts', cron: '37 * * * *', run: deleteAccounts },
  { name: 'sweep-accounts', cron: '23 19 * * *', run: ({ services, clock }) => services.accounts.sweep(clock()) },
]
