export { stepPermission } from './check-flow.ts'
export type { KnownNames, LocatedRule, RuleFinding, RulesCheck, Say } from './check-law.ts'
export { comparePacks, type Difference } from './compare.ts'
export type { CheckError, Findings, Language, Place } from './finding.ts'
export { canonicalJson, packHash } from './hash.ts'
export { type Lapse, type Lasting, lapseOf, type MatterStatus, matterStatus } from './lapse.ts'
export type { Beside, Parsed, RawPack, Reader, Readers } from './parse.ts'
export { type CheckOptions, checkPack, printFinding, readPack } from './read.ts'
export { readRaw } from './read-files.ts'
export {
  type Domain,
  type Group,
  type OfficialDocument,
  type Pack,
  type PackFile,
  PROMISE,
  type Remedy,
  type Role,
} from './schema.ts'
export { checkShape } from './shape.ts'
export { type Located, type OpenedFiles, YamlSource } from './source.ts'
