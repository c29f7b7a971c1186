/**
 * What there is to be kept, as a closed list: the pack says how long and what then, the code knows where it lies. Pure.
 */

/** `erase`: the row goes. `strip`: what is personal goes, the numbers stay. `restrict`: kept, and used for nothing. */
export const ends = ['erase', 'strip', 'restrict'] as const
export type End = (typeof ends)[number]

export interface Kind {
  /** From what the time runs. */
  from: string
  ends: readonly End[]
  /** Leaves a tombstone, so that an older backup does not bring it back. */
  tombstone: boolean
  /** Rows of one transaction. */
  atOnce: number
  /** Whose mark in the audit goes with it. */
  subject?: 'account' | 'person'
  /** Months of a sealed log, which its sealer drops. */
  log?: 'audit' | 'reads'
}

export const kinds = {
  case: { from: 'ended', ends: ['strip', 'restrict'], tombstone: true, atOnce: 100 },
  draft: { from: 'last_changed', ends: ['erase'], tombstone: true, atOnce: 200 },
  message: { from: 'made', ends: ['erase'], tombstone: false, atOnce: 2000 },
  'answer-under-key': { from: 'made', ends: ['erase'], tombstone: false, atOnce: 20_000 },
  'ended-binding': { from: 'ended', ends: ['erase'], tombstone: false, atOnce: 500 },
  invitation: { from: 'ended', ends: ['erase'], tombstone: false, atOnce: 500 },
  'officer-sign-in': { from: 'ended', ends: ['erase'], tombstone: false, atOnce: 100 },
  'unbound-account': { from: 'last_used', ends: ['erase'], tombstone: true, atOnce: 100, subject: 'account' },
  'person-without-tie': { from: 'left', ends: ['erase'], tombstone: true, atOnce: 100, subject: 'person' },
  'acts-month': { from: 'month_over', ends: ['erase'], tombstone: false, atOnce: 1, log: 'audit' },
  'looks-month': { from: 'month_over', ends: ['erase'], tombstone: false, atOnce: 1, log: 'reads' },
} as const satisfies Record<string, Kind>
export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]
export const kindOf = (name: KindName): Kind => kinds[name]

/** Statuses of a case that can end its time of use. */
export const endedStatuses = ['closed', 'not_accepted', 'withdrawn'] as const

/**
 * Every table of the house: let go as one of the kinds, gone with another table's row, gone by a sweep of its own within
 * days, or kept for ever with the reason. A new table is a decision; a test finds one that is missing here.
 */
export type Fate = { kind: KindName } | { with: string } | { sweep: string } | { forEver: string }

export const fates: Readonly<Record<string, Fate>> = {
  'access.account_notice': { forEver: 'what happened to an officer’s sign-in; it names posts and no resident' },
  'access.display': { with: 'auth.user' },
  'access.first_administrator': { sweep: 'each start makes a new token, good for a day' },
  'access.invitation': { kind: 'invitation' },
  'access.officer': { forEver: 'officers act in their own name: papers and timelines name them' },
  'access.organisation': { forEver: 'public: who employed whom' },
  'access.person_account': { kind: 'ended-binding' },
  'access.post': { forEver: 'which power somebody acted in, on every timeline' },
  'access.proposal': { forEver: 'who gave whom which power' },
  'access.read_entry': { kind: 'looks-month' },
  'areas.area': { forEver: 'public: the map of the place' },
  'auth.account': { with: 'auth.user' },
  'auth.challenge_used': { sweep: 'a day' },
  'auth.factor_reset': { with: 'auth.user' },
  'auth.identity_link': { with: 'auth.user' },
  'auth.passkey': { with: 'auth.user' },
  'auth.pending_sign_in': { sweep: 'a day' },
  'auth.phone_change': { sweep: 'thirty days' },
  'auth.phone_code': { sweep: 'a day' },
  'auth.rate': { sweep: 'a day' },
  'auth.recovery_code': { with: 'auth.user' },
  'auth.resident_email': { with: 'auth.user' },
  'auth.resident_phone': { kind: 'unbound-account' },
  'auth.session': { sweep: 'a day after its end' },
  'auth.sign_in_failure': { sweep: 'eight days: counts by hour, and nobody’s name' },
  'auth.sign_in_try': { sweep: 'a day' },
  'auth.totp': { with: 'auth.user' },
  'auth.user': { kind: 'officer-sign-in' },
  'auth.verification': { sweep: 'nothing is written there' },
  'care.view': { with: 'cases.case' },
  'cases.answer': { with: 'cases.case' },
  'cases.case': { kind: 'case' },
  'cases.counter': { forEver: 'a number must never be given twice' },
  'cases.draft': { kind: 'draft' },
  'cases.notice': { with: 'cases.case' },
  'cases.objection': { with: 'cases.case' },
  'cases.permit_reminder': { with: 'people.person' },
  'cases.timeline': { with: 'cases.case' },
  'cases.unit_member': { with: 'cases.case' },
  'documents.counter': { forEver: 'a number must never be given twice' },
  'documents.derivative': { with: 'cases.case' },
  'documents.document': { with: 'cases.case' },
  'documents.erased': { forEver: 'that a file was there and when its key was destroyed; it names no case and no person' },
  'documents.file': { with: 'cases.case' },
  'documents.material': { with: 'cases.case' },
  'documents.print': { with: 'cases.case' },
  'documents.print_failure': { with: 'cases.case' },
  'documents.unreferenced': { sweep: 'a week, with the bytes' },
  'hazards.counter': { forEver: 'a number must never be given twice' },
  'hazards.hazard': { forEver: 'a place and what was wrong with it; who answered for it and who reported it are other tables' },
  'hazards.keeper': { with: 'people.person' },
  'hazards.report': { sweep: 'some months after the hazard has ended, as the pack says' },
  'hazards.timeline': { forEver: 'what was done about a place; it names officers and no resident' },
  'matters.calendar_day': { forEver: 'public: the calendar' },
  'matters.pack': { forEver: 'the law as it was, which cases rest on' },
  'coordination.counter': { forEver: 'last numbers of a day; nobody is in it' },
  'coordination.timeline': { forEver: 'what offices did about a place; no resident is in it' },
  'coordination.whistle': { forEver: 'which offices were called to a place and what came of it; no resident is in it' },
  'grid.api_key': { forEver: 'which program may report, and which office keeps it; nobody is in it' },
  'grid.assignment': { forEver: 'which worker looked after which grid and when; officers act in their own name' },
  'grid.counter': { forEver: 'last numbers of a day; nobody is in it' },
  'grid.crossing': { forEver: 'public: points of the map' },
  'grid.dwelling_grid': { forEver: 'which grid a home lies in; homes are kept' },
  'grid.dwelling_point': { forEver: 'where a home stands; homes are kept' },
  'grid.facility': { forEver: 'public: objects in the street' },
  'grid.field_device': { forEver: 'which phone of which post was heard of when; no resident is in it' },
  'grid.field_record': {
    sweep: 'the words of a visit, as long after as those of a report (incidents.yaml); that a record came in stays',
  },
  'grid.grid': { forEver: 'public: the map of the place' },
  'grid.incident': { forEver: 'what was wrong with a place and what came of it; nobody is in it' },
  'grid.outline': { forEver: 'how far a community reaches; nobody is in it' },
  'grid.photo': { sweep: 'with the words of reports (incidents.yaml); one that was not sent, after a day' },
  // And some years after its incident ended, what was said and by whom (incidents.yaml); that somebody reported it stays.
  'grid.report': { with: 'people.person' },
  'grid.task': { forEver: 'what offices asked of grid workers; long numbers are refused, residents are not named' },
  'grid.task_timeline': { forEver: 'what offices did about a task; residents are not named' },
  'grid.timeline': { forEver: 'what offices did about a place; reporters are not named' },
  'messages.channel_choice': { with: 'auth.user' },
  'messages.demo_outbox': { sweep: 'half an hour' },
  'messages.dispatch': { with: 'messages.message' },
  'messages.message': { kind: 'message' },
  'messages.sweep': { forEver: 'how far the sweep has looked' },
  'outreach.changed': { sweep: 'a day, with the snapshot' },
  'outreach.found': { with: 'people.person' },
  'outreach.opt_out': { with: 'people.person' },
  'outreach.person': { with: 'people.person' },
  'outreach.run': { forEver: 'what was searched for, over which facts and numbers; nobody’s name' },
  'outreach.run_count': { forEver: 'counts of a day' },
  'outreach.snapshot': { forEver: 'one row: which day the snapshot shows' },
  'outreach.told': { with: 'people.person' },
  'outreach.told_run': { forEver: 'that everybody whom a search found was told; nobody’s name' },
  'outreach.visit': { with: 'people.person' },
  'outreach.visit_taken_back': { with: 'people.person' },
  'safety.broadcast': { forEver: 'what an area was told, and who issued it' },
  // And after ninety days in any case.
  'safety.visit': { with: 'people.person' },
  'safety.camera': { forEver: 'public: which cameras there are and were' },
  'safety.footage_request': { with: 'people.person' },
  'safety.footage_handout': { with: 'people.person' },
  'safety.duty': { forEver: 'who was on duty when; officers act in their own name' },
  'safety.plan': { forEver: 'what was planned, in its versions' },
  'safety.drill': { forEver: 'what a drill found, and nobody’s name' },
  'safety.watch_group': { forEver: 'public: which groups there are' },
  'safety.watch_member': { with: 'people.person' },
  'safety.patrol': { forEver: 'when a group went round, and nobody’s name' },
  'safety.patrol_place': { with: 'people.person' },
  'safety.training': { forEver: 'what a group was trained in, and nobody’s name' },
  'safety.broadcast_told': { with: 'people.person' },
  'safety.event': { forEver: 'what happened and how many were hurt; the form asks for nobody’s name' },
  'safety.event_fact': { forEver: 'who reported, and which office was told when' },
  'people.bank_account': { with: 'people.person' },
  'people.benefit_receipt': { with: 'people.person' },
  'people.dwelling': { forEver: 'a home is no person; it has an address and nobody’s name' },
  'people.dwelling_occupancy': { with: 'people.person' },
  'people.hukou_household': { forEver: 'the number of a book, and nobody’s name' },
  'people.hukou_spell': { with: 'people.person' },
  'people.income_declaration': { with: 'people.person' },
  'people.person': { kind: 'person-without-tie' },
  'people.residence_spell': { with: 'people.person' },
  'people.disability_certificate': { with: 'people.person' },
  'people.residence_permit': { with: 'people.person' },
  'access.proxy': { with: 'people.person' },
  'platform.audit': { kind: 'acts-month' },
  'platform.audit_subject': { with: 'people.person' },
  'platform.idempotency': { kind: 'answer-under-key' },
  'platform.kept_form': { sweep: 'a quarter of an hour' },
  'platform.let_go': { forEver: 'vouches for the seals whose rows were let go' },
  'platform.migration': { forEver: 'which steps made this database' },
  'platform.seal': { forEver: 'the chain: each seal holds the hash of the one before' },
  'platform.setting': { forEver: 'what was fixed when the database was made' },
  'retention.confirmation': { forEver: 'who let things go, and for which classes' },
  'retention.deletion_sweep': { forEver: 'one row: when accounts were last looked through' },
  'retention.hold': { forEver: 'why something was kept; it names a case and no person' },
  'retention.run': { forEver: 'counts of a day' },
  'retention.run_class': { forEver: 'counts of a day' },
  'retention.tombstone': { forEver: 'what must not come back with an older backup; it says nothing of whom' },
}
