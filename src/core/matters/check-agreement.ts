/** What must hold between the tables of a pack: areas, calendar, and the offices and remedies that pack.yaml names. */
import type { Area } from '../areas/index.ts'
import { type CalendarDay, type CalendarTerms, findCalendarFaults } from '../clocks/index.ts'
import { placeholdersOf } from '../documents/build.ts'
import type { DocumentForms } from '../documents/document.ts'
import { findClassFaults, type RetentionClass } from '../retention/retention.ts'
import { answerName } from './answer-name.ts'
import type { Certificates } from './certificates.ts'
import { checkIndicators } from './check-indicators.ts'
import type { Indicators } from './indicators.ts'
import { organAt } from './organ.ts'
import type { Findings, Language, Located, PackFile, Parsed, Place, Say } from './pack/index.ts'

type WithPack = Parsed & { pack: Located<PackFile> }

/** A house cannot run without these, though a pack can be read. */
const TABLES = ['areas.csv', 'calendar.csv', 'calendar.yaml', 'documents.yaml', 'retention.yaml'] as const

/** Where each class stands in its file; the reader writes it down, since what it hands on is the pack's content alone. */
export const placesOfClasses = new WeakMap<object, readonly Place[]>()
/** Likewise each office line that hazards.yaml and the admission list name. */
export const placesOfLines = new WeakMap<object, readonly { line: string; place: Place }[]>()

export function checkAgreement(parsed: WithPack, findings: Findings, say: Say, language: Language): void {
  const read = {
    ...(parsed.calendar as object | null),
    'areas.csv': parsed.areas,
    'documents.yaml': parsed.documents,
    'retention.yaml': parsed.retention,
  }
  for (const file of TABLES) {
    // One that was refused has its finding.
    if ((read as Record<string, unknown>)[file] == null && !findings.refused(file))
      findings.error('file-missing', { file, line: 1 }, { file })
  }
  checkCalendar(parsed, findings)
  const areas = parsed.areas as readonly Area[] | null
  if (areas) {
    checkOrgans(parsed.pack, areas, findings)
    checkOwnArea(parsed.pack, areas, findings)
  }
  checkRemedies(parsed.pack, findings)
  checkTwoLevels(parsed, findings)
  checkResults(parsed, findings)
  checkCertificates(parsed, findings)
  checkLines(parsed, findings)
  checkIndicators(parsed.indicators as Indicators | null, parsed.bases, findings, language)
  checkClasses(parsed, findings, say)
}

/** 两级分离: who lets an incident in never sends it out, and who calls units together never decides which of them it falls to. */
function checkTwoLevels({ roles }: WithPack, findings: Findings): void {
  const apart = {
    'role-verifies-and-dispatches': ['incident.verify', 'incident.dispatch'],
    'role-blows-and-decides': ['whistle.blow', 'whistle.decide'],
  }
  for (const { valid, value, at } of roles)
    for (const [code, both] of Object.entries(apart))
      if (valid && both.every((permission) => value.permissions.includes(permission)))
        findings.error(code, at('permissions'), { name: value.code })
}

function checkCalendar({ calendar, bases }: WithPack, findings: Findings): void {
  const files = (calendar ?? {}) as { 'calendar.csv'?: CalendarDay[] | null; 'calendar.yaml'?: CalendarTerms | null }
  const { 'calendar.csv': days, 'calendar.yaml': terms } = files
  if (!days) return
  // A day is a line, after the one with the names of the columns.
  const place = (at: number) => ({ file: 'calendar.csv', line: at + 2 })
  const known = new Set(bases.map(({ value }) => value?.code))
  if (!findings.unreadable('bases.yaml'))
    days.forEach(({ basis }, at) => {
      if (basis && !known.has(basis.document)) findings.error('document-unknown', place(at), { name: basis.document, hint: '' })
    })
  if (terms) for (const { at, reason } of findCalendarFaults(days, terms)) findings.told('file-refused', place(at), reason)
}

/** Papers of two organs must not be numbered alike: a number is what people quote. */
function checkOrgans({ value: pack, at }: Located<PackFile>, areas: readonly Area[], findings: Findings): void {
  const names = new Map(areas.map(({ code, name }) => [code, name]))
  const taken = new Map<string, { code: string; name: string }>()
  const lost = new Set<string>()
  for (const area of areas) {
    if (area.level !== 'street' && area.level !== 'district') continue
    for (const { code: domain } of pack.domains) {
      try {
        const organ = organAt(pack, (code) => names.get(code) ?? '', domain, area.code)
        const first = taken.get(organ.short)
        if (!first) taken.set(organ.short, organ)
        else if (first.code !== organ.code && !lost.has(organ.code)) {
          lost.add(organ.code)
          findings.error('organ-short-twice', at('short_names'), { one: first.name, other: organ.name, short: organ.short })
        }
      } catch {
        // Said once a level, not for each of its areas.
        if (!lost.has(area.level)) findings.error('office-missing', at('offices'), { level: area.level, area: area.name })
        lost.add(area.level)
      }
    }
  }
}

function checkOwnArea({ value: pack, at }: Located<PackFile>, areas: readonly Area[], findings: Findings): void {
  const own = areas.find(({ code }) => code === pack.area)
  if (!own) findings.error('area-unknown', at('area'), { area: pack.area })
  pack.short_names?.forEach(({ area, domain }, index) => {
    if (!areas.some(({ code }) => code === area)) findings.error('area-unknown', at('short_names', index, 'area'), { area })
    if (domain !== undefined && !pack.domains.some(({ code }) => code === domain))
      findings.error('domain-unknown', at('short_names', index, 'domain'), { name: domain, hint: '' })
  })
  pack.english_names?.forEach(({ area }, index) => {
    if (!areas.some(({ code }) => code === area)) findings.error('area-unknown', at('english_names', index, 'area'), { area })
  })
}

/** Every decision tells where it can be contested. */
function checkRemedies({ value: pack, at }: Located<PackFile>, findings: Findings): void {
  for (const kind of ['reconsideration', 'lawsuit'] as const)
    if (!pack.remedies.some((one) => one.kind === kind && pack.area.startsWith(one.area)))
      findings.error('remedy-missing', at('remedies'), { kind, area: pack.area })
}

/** A grant becomes a paper that there is, and none with a hole: that would be found out when the case has been decided. */
function checkResults({ documents, matters }: WithPack, findings: Findings): void {
  const forms = documents as DocumentForms | null
  if (!forms) return
  for (const { value, valid, at } of matters) {
    if (!valid) continue
    const name = value.catalogue.result.sample
    const place = at('catalogue', 'result', 'sample')
    const form = forms.kinds.find(({ code }) => code === name)
    if (!form) {
      findings.error('paper-unknown', place, { name })
      continue
    }
    const given = new Map(value.questions.map((question) => [answerName(question), question]))
    for (const { name: asked, optional } of placeholdersOf(form)) {
      if (!asked.startsWith('answer_')) continue
      const question = given.get(asked)
      if (optional ? question === undefined : !question?.required || question.asked_when)
        findings.error('paper-hole', place, { name, asked })
      else if (question?.kind === 'text' && !question.printed)
        findings.error('paper-unprintable', place, { name, asked, question: question.code })
    }
  }
}

/** A certificate that a committee issues is asked for by a matter that there is. */
function checkCertificates({ certificates, matters }: WithPack, findings: Findings): void {
  const read = certificates as Certificates | null
  if (read && !findings.unreadable('matters') && !matters.some(({ value }) => value?.code === read.matter))
    findings.error('matter-unknown', { file: 'certificates.yaml', line: 1 }, { name: read.matter, hint: '' })
}

/** Nothing may go before the papers that go with it, and everything that there is must have its time. */
function checkClasses({ retention, documents, matters }: WithPack, findings: Findings, say: Say): void {
  const classes = retention as readonly RetentionClass[] | null
  if (!classes || !documents) return
  const place = (at: number | null): Place =>
    (at === null ? undefined : placesOfClasses.get(classes)?.[at]) ?? { file: 'retention.yaml', line: 1 }
  const forms = documents as DocumentForms
  // Of papers that there are: a class of documents.yaml that no paper uses keeps nothing back.
  const papers = forms.retention.filter(({ code }) => forms.kinds.some((kind) => kind.retention === code))
  for (const { at, code, params } of findClassFaults(classes, papers))
    findings.told('file-refused', place(at), say(`retention.fault.${code}`, params))
  if (findings.unreadable('matters')) return
  const known = new Set(matters.map(({ value }) => value?.code))
  classes.forEach((one, at) => {
    for (const name of one.matters ?? []) if (!known.has(name)) findings.error('matter-unknown', place(at), { name, hint: '' })
  })
}

/** A hazard is handed over to an office line that there is, and one that there is asks for what is admitted to the grid. */
function checkLines({ hazards, incidents, pack: { value } }: WithPack, findings: Findings): void {
  const named = [hazards, incidents].flatMap((file) => (file ? (placesOfLines.get(file) ?? []) : []))
  for (const { line, place } of named)
    if (!value.domains.some(({ code }) => code === line)) findings.error('domain-unknown', place, { name: line, hint: '' })
}
