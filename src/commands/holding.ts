/**
 * What the tables of the house are to a backup. Every table is kept unless it stands here; a test finds sealed columns
 * that are missing below.
 */
import { sealedAs } from '../core/people/index.ts'
import type { Holding, Sealed } from '../platform/backup/index.ts'
import type { Hashed } from '../platform/rewrap/rehash.ts'
import { subjectIn } from '../platform/seals/index.ts'

export const holding: Holding = {
  leftOut: {
    'platform.migration': 'written by the steps themselves; the manifest lists them',
    'auth.session': 'nobody is signed in after a restore',
    'auth.verification': 'lives for minutes',
    'auth.phone_code': 'lives for minutes',
    'auth.pending_sign_in': 'lives for ten minutes',
    'auth.challenge_used': 'challenges live for minutes',
    'access.first_administrator': 'opens a door once, within a day; a start makes another',
    'documents.unreferenced': 'files that no row names are not in a copy',
    'platform.kept_form': 'lives for a quarter of an hour',
    'messages.demo_outbox': 'codes of a demo, each good for minutes',
    'messages.sweep': 'a restored copy begins anew: what waited in it may have left since',
    'outreach.person': 'made anew from the registers',
    'outreach.snapshot': 'says which day that is',
    'outreach.changed': 'without a snapshot there is nothing to bring up',
  },
  // Contexts are part of every ciphertext and never change.
  sealed: [
    { table: 'people.person', column: 'id_number_sealed', ring: 'field', context: sealedAs.idNumber },
    { table: 'people.person', column: 'phone_sealed', ring: 'field', context: sealedAs.phone },
    { table: 'people.bank_account', column: 'account_sealed', ring: 'field', context: sealedAs.account },
    { table: 'auth.resident_phone', column: 'phone_sealed', ring: 'field', context: 'auth.phone' },
    { table: 'auth.resident_email', column: 'email_sealed', ring: 'field', context: 'auth.email' },
    { table: 'auth.totp', column: 'secret_sealed', ring: 'field', context: 'auth.totp', never: 'opened' },
    { table: 'auth.phone_change', column: 'old_sealed', ring: 'field', context: 'auth.phone' },
    { table: 'care.view', column: 'sealed', ring: 'field', context: 'care.view' },
    { table: 'cases.draft', column: 'answers_sealed', ring: 'field', context: 'cases.draft' },
    { table: 'cases.answer', column: 'sealed', ring: 'field', context: 'cases.answer' },
    { table: 'cases.unit_member', column: 'id_number_sealed', ring: 'field', context: 'cases.unit_member.id_number' },
    { table: 'cases.objection', column: 'sealed', ring: 'field', context: 'cases.objection' },
    { table: 'grid.field_device', column: 'lock_sealed', ring: 'field', context: 'grid.field_device.lock' },
    { table: 'grid.field_record', column: 'sealed', ring: 'field', context: 'grid.field_record' },
    { table: 'grid.report', column: 'sealed', ring: 'field', context: 'grid.report' },
    { table: 'grid.report', column: 'said_again_sealed', ring: 'field', context: 'grid.report' },
    { table: 'hazards.keeper', column: 'name_sealed', ring: 'field', context: 'hazards.keeper' },
    { table: 'hazards.report', column: 'words_sealed', ring: 'field', context: 'hazards.report' },
    { table: 'documents.document', column: 'model_sealed', ring: 'field', context: 'documents.document.model' },
    { table: 'documents.file', column: 'name_sealed', ring: 'field', context: 'documents.file.name' },
    { table: 'platform.audit_subject', column: 'sealed', ring: 'field', context: 'platform.audit_subject', never: 'opened' },
    { table: 'documents.file', column: 'wrapped_key', ring: 'wrap', context: 'stored_name' },
    { table: 'documents.derivative', column: 'wrapped_key', ring: 'wrap', context: 'stored_name' },
  ],
  stored: [
    {
      table: 'documents.file',
      name: 'stored_name',
      wrappedKey: 'wrapped_key',
      plainHash: 'sha256',
      label: { column: 'name_sealed', context: 'documents.file.name' },
    },
    { table: 'documents.derivative', name: 'stored_name', wrappedKey: 'wrapped_key', plainHash: 'sha256' },
  ],
}

/** What is sealed again under newer keys: also what no copy holds. */
export const resealed: readonly Sealed[] = [
  ...holding.sealed,
  { table: 'platform.kept_form', column: 'sealed', ring: 'field', context: 'platform.kept_form' },
  { table: 'messages.demo_outbox', column: 'text_sealed', ring: 'field', context: 'messages.demo_outbox' },
]

/** What is found by a keyed hash and kept: made anew under a newer blind key, of what lies sealed beside it. */
export const hashed: readonly Hashed[] = [
  {
    table: 'people.person',
    column: 'id_number_blind',
    as: sealedAs.idNumber,
    from: { column: 'id_number_sealed', context: sealedAs.idNumber },
  },
  {
    table: 'people.person',
    column: 'phone_blind',
    as: sealedAs.phone,
    from: { column: 'phone_sealed', context: sealedAs.phone },
  },
  {
    table: 'auth.resident_phone',
    column: 'phone_hash',
    as: 'auth.phone',
    from: { column: 'phone_sealed', context: 'auth.phone' },
  },
  {
    table: 'auth.resident_email',
    column: 'email_hash',
    as: 'auth.email',
    from: { column: 'email_sealed', context: 'auth.email' },
  },
  { table: 'auth.phone_change', column: 'old_hash', as: 'auth.phone', from: { column: 'old_sealed', context: 'auth.phone' } },
  {
    table: 'platform.audit_subject',
    column: 'blind',
    as: 'platform.audit_subject',
    from: { column: 'sealed', context: 'platform.audit_subject' },
    valueIn: subjectIn,
  },
]

/** Columns of hashes that an earlier blind key is not kept for, each with its reason: an hour after the change they are of no use. */
export const letBe: Readonly<Record<string, string>> = {
  'auth.phone_code.phone_hash': 'codes are good for minutes',
  'auth.phone_code.code_hash': 'codes are good for minutes',
  'auth.phone_code.replaced_hash': 'codes are good for minutes',
  'auth.sign_in_try.username_hash': 'tries are counted for a quarter of an hour',
  'platform.kept_form.owner': 'lives for a quarter of an hour',
  'messages.demo_outbox.to_blind': 'codes of a demo, each good for minutes',
}
