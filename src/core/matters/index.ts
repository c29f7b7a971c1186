export { answerName } from './answer-name.ts'
export { whenAsked } from './asked-when.ts'
export { type Certificate, type Certificates, findCertificates, missingOf, mustNotIssue } from './certificates.ts'
export { documentNumber, isClauseKnown } from './clause.ts'
export type {
  BroadcastKind,
  Emergencies,
  EventKind,
  Grade,
  ReportClock,
  VisitReason,
} from './emergencies.ts'
export { type FoundMatters, findMatters } from './find.ts'
export { findClasses } from './find-classes.ts'
export { findTables } from './find-tables.ts'
export {
  type HazardKind,
  type HazardLimitCode,
  type HazardOrder,
  type HazardPower,
  type Hazards,
  hazardKind,
  hazardLimit,
  hazardOrders,
  powersOver,
} from './hazards.ts'
export { readHousePack } from './house-pack.ts'
export { type ImportedHazards, importHazards } from './import-hazards.ts'
export { type Imported, importIncidents } from './import-incidents.ts'
export {
  type AdmittedTask,
  type FilingCondition,
  type IncidentAttribute,
  type IncidentClass,
  type IncidentLevel,
  type IncidentTerms,
  incidentLevels,
} from './incident-classes.ts'
export { type Busywork, type Indicator, indicatorsOn } from './indicators.ts'
export {
  type Effect,
  isFromLine,
  type Level,
  type Material,
  type Matter,
  type Question,
  type Step,
  type StepKind,
  type Text,
} from './matter.ts'
export { officeIn, organisationIn } from './names.ts'
export { comparePacks, type Difference, type OpenedFiles, printFinding, readRaw } from './pack/index.ts'
export { hasPack, LoadedPack, loadPack, Packs, type ReadPack } from './packs.ts'
export { type Permission, permissions } from './permissions.ts'
export type { WhistleKind } from './whistle-terms.ts'
