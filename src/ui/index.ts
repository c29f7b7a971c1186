/** The page parts. Desk parts are in `desk/index.ts`. */
export type { Assets } from './assets.ts'
export { loadAssets } from './assets.ts'
export { type Due, type DueWords, dueBy, dueSentence, dueWords, type Unit } from './due.ts'
export type { Fact } from './fact-list.tsx'
export { Branches } from './fields/branches.tsx'
export { Checkboxes, type Option, Radios, Rating, Select } from './fields/choice.tsx'
export { DateField } from './fields/date.tsx'
export { ErrorSummary } from './fields/error-summary.tsx'
export { FieldError, type FieldProps, FieldSet, useFieldId } from './fields/field.tsx'
export { Form } from './fields/form.tsx'
export { MomentField, typedMoment } from './fields/moment.tsx'
export { readCount, readDay, readFen, readMany, readMoment, typedDay } from './fields/reading.ts'
export { CodeField, FileField, MoneyField, NumberField, PasswordField, PhoneField, TextArea, TextField } from './fields/text.tsx'
export * from './format.ts'
export { Icon, type IconName, Kapok } from './icons.tsx'
export { DoorPage, ErrorPage } from './layout/bare-page.tsx'
export { ClosedDemoPage } from './layout/closed-demo.tsx'
export { DeskList } from './layout/desk-list.tsx'
export { DeskHead, DeskPage, type NavItem, type ShownPost } from './layout/desk-page.tsx'
export { Document, SignOut } from './layout/document.tsx'
export { isSecret, KeptFormPage, keptFields } from './layout/kept-form.tsx'
export { LanguageSwitch, ResidentPage } from './layout/resident-page.tsx'
export {
  createPages,
  type Download,
  type FormPage,
  headersOf,
  KEEP,
  type PageRequest,
  type Pages,
  type Problem,
  plain,
  problemOf,
} from './pages.tsx'
export { PasskeyForm } from './passkey/passkey-form.tsx'
export { asLocation, fileHref, localPath, paths, settingsHref } from './paths.ts'
export { renderPage } from './render.ts'
export * from './resident/cards.tsx'
export * from './resident/controls.tsx'
export * from './resident/course.tsx'
export * from './resident/frame.tsx'
export * from './resident/score.tsx'
export { keepSettings, type Settings, settingsIn, settingsOf } from './settings.ts'
export { type CheckState, TONE_OF, type Tone } from './tone.ts'
export type { Errors, Mode, Theme, View } from './view.ts'
