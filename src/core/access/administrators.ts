/** Three administrators (三员), one duty each. Pure; the database's constraint `one_kind_of_administrator` names the same roles. */
export const administrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const

export type AdministratorKind = (typeof administrators)[number]

export const isAdministrator = (role: string): boolean => (administrators as readonly string[]).includes(role)

/** How long the link of an invitation works. */
export const INVITATION_MS = 7 * 24 * 3_600_000

/** How long a change to an account waits for a decision. */
export const CHANGE_WAITS_MS = 7 * 24 * 3_600_000

/** How long the link of a reset works. */
export const LINK_MS = 24 * 3_600_000

/**
 * Who does what about an account of whom: two kinds of administrators, and never her own kind. The database's functions
 * `access.proposer_for` and `access.approver_for` say the same.
 */
export const proposerFor = (kind: string | null): AdministratorKind =>
  kind === 'system-administrator' ? 'security-administrator' : 'system-administrator'

export const organisationKinds = ['street_office', 'committee', 'bureau', 'ngo', 'unit'] as const
export type OrganisationKind = (typeof organisationKinds)[number]
