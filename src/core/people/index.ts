export { type AccountNumber, fitsLuhn, readAccountNumber } from './account-number.ts'
export { personFacts, type Shares, sharesOf, withoutGrantOf } from './facts.ts'
export { dwellingAt } from './homes.ts'
export { checkCharacter, type IdNumber, readIdNumber } from './id-number.ts'
export { maskIdNumber, maskName, maskPhone, surnameOf } from './masking.ts'
export {
  type DisabilityKind,
  disabilityKinds,
  type FactName,
  type FactSource,
  type FieldCrypto,
  type Method,
  methods,
  type PersonFacts,
  type Provenance,
  type Relation,
  relations,
  type Sex,
  type Source,
  sealedAs,
  sources,
} from './person.ts'
export { ruleFacts, ruleSources } from './rule-facts.ts'
export {
  type BankAccount,
  type HukouSpell,
  type Occupancy,
  type Receipt,
  recordBankAccount,
  recordDisability,
  recordHukou,
  recordIncome,
  recordOccupancy,
  recordPermit,
  recordReceipt,
  recordResidence,
} from './spells.ts'
export {
  blindIdNumber,
  createPerson,
  findPersonByIdNumber,
  getPerson,
  getPersonInReach,
  maskedIdNumberOf,
  type NewPerson,
  openIdentity,
  type Person,
  searchPersons,
} from './store.ts'
export { bindAccount, unbindAccount } from './use-cases/bind.ts'
export {
  type CaseOfPerson,
  findPerson,
  findPersons,
  type Hit,
  type PersonPage,
  type Purpose,
  purposes,
  readPerson,
  type Shown,
  showHit,
} from './use-cases/look.ts'
export { changeOwnBankAccount, type OwnIdentity, readOwnIdentity, readOwnRuleFacts } from './use-cases/own.ts'
export { type GivenProxy, readProxies, recordProxy, revokeProxies } from './use-cases/proxies.ts'
export { recordDwelling, registerPerson } from './use-cases/register.ts'
export { factsByProxy, hidesWhereabouts, withoutWhereabouts } from './whereabouts-store.ts'
