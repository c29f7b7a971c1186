/** Three administrators (三员), one duty each. Pure; the database's constraint `one_kind_of_administrator` names the same roles. */
export const administrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const

export const isAdministrator = (role: string): boolean => (administrators as readonly string[]).includes(role)

/** How long the link of an invitation works. */
export const INVITATION_MS = 7 * 24 * 3_600_000

export const organisationKinds = ['street_office', 'committee', 'bureau', 'ngo'] as const
export type OrganisationKind = (typeof organisationKinds)[number]
