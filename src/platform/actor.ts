/**
 * Who acts. `platform` knows these types only; `core/access` makes them and checks them.
 */
import type { Day } from './time.ts'

/** Identity level of a resident: A0 a phone, A1 bound to a person, A2 with a second factor within 10 minutes. */
export type IdentityLevel = 'A0' | 'A1' | 'A2'

/** A post (岗位) is role × organisation × areas × domains × dates. */
export interface Post {
  id: string
  officerId: string
  officerName: string
  role: string
  organisationId: string
  /** Exact areas of the post; row security fences them by their common ancestor, the use case checks the exact set. */
  areas: readonly string[]
  /** The common ancestor of `areas`: what row security sees. */
  scope: string
  domains: readonly string[]
  permissions: readonly string[]
  validFrom: Day
  validTo: Day | null
}

export type Actor =
  | { kind: 'public' }
  | {
      kind: 'resident'
      accountId: string
      level: IdentityLevel
      personId: string | null
      name: string | null
      communityArea: string | null
    }
  /** Somebody who acts for another, in the matters that the other named. `personId` and `communityArea` are the other's. */
  | {
      kind: 'proxy'
      accountId: string
      level: IdentityLevel
      proxyId: string
      personId: string
      /** Whom she acts for. */
      name: string
      communityArea: string | null
      matters: readonly string[]
    }
  /** An officer who has signed in and not yet chosen a post may do nothing but choose one. */
  | { kind: 'officer'; accountId: string; officerId: string }
  | { kind: 'staff'; accountId: string; post: Post }
  | { kind: 'system'; schedule: string; scope: string; domains: readonly string[] }

/** The database role and the settings that row security reads. */
export interface Scope {
  role: 'app_staff' | 'app_resident' | 'app_public' | 'app_system'
  /** Area prefix, or '' for none: sees nothing. */
  area: string
  domains: readonly string[]
  /** Persons whose own rows a resident may see. */
  subjects: readonly string[]
  accountId: string | null
  /** The post that staff act in: what they write, they write in its name. */
  postId?: string
  /** Of the call: what a post may do past row security it may on its own days only. */
  day?: Day
  /** How long one statement may take; without it as long as it takes. */
  mostMs?: number
}

/** Supplied by `core/access`: refuses, or answers with the scope to open the transaction in. */
export interface Guard {
  admit(actor: Actor, permission: string | null, level: IdentityLevel | null): Scope
}
