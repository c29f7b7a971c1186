export type { AccountKind, SessionLife, SignInLimits } from './account.ts'
export {
  type AccountCrypto,
  type AccountOptions,
  type Accounts,
  type CodeProvider,
  createAccounts,
  type Session,
  type SignedIn,
} from './accounts.ts'
export { normalisePhone } from './phone.ts'
export { createRateLimiter, type RateLimiter } from './rate.ts'
