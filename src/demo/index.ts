export { type DemoFile, readDemoFile } from './demo-file.ts'
export type { DemoCharacter, DemoOfficer, DemoPerson, DemoPost, DemoStreet } from './demo-street.ts'
export { type Cast, type DemoAccounts, type FillDemo, fillDemo } from './fill.ts'
export { type DemoArea, makeStreet, type StreetOptions } from './street.ts'
