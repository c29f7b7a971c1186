/** What the pages of rules have in common. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { COURSES, LISTS } from '../../../core/outreach/index.ts'
import type { ExampleResult, Rule, Verdict } from '../../../core/rules/index.ts'
import { DeskCard, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { formatDate, formatNumber, plain, type View } from '../../../ui/index.ts'
import { type Fault, numbersOf } from '../proposal.ts'
import type { CountedInTens } from '../use-cases.ts'

export const Code = ({ children }: { children: string }) => <pre class="d-code">{children}</pre>

/** Yes, no, unknown, or an amount in fen as it is written in the pack. */
export const said = ({ t }: View, verdict: Verdict): string =>
  typeof verdict === 'number' ? formatNumber(verdict) : t(`rules.verdict.${verdict}`)

/** What is to be mended, with results as the rest of the page calls them. */
export const faultText = (view: View, { code, params }: Fault): string => {
  const named = (result: unknown) =>
    /^(true|false|unknown)$/.test(String(result)) ? view.t(`rules.verdict.${result}`) : String(result)
  return code === 'rule.example'
    ? view.t('rules.example_fails', { number: params.number!, expected: named(params.expected), got: named(params.got) })
    : view.t(code, plain(params))
}

export function ExampleTable({ view, rule, examples }: { view: View; rule: Rule; examples: readonly ExampleResult[] }) {
  const { t } = view
  return (
    <Table
      caption={t('rules.examples')}
      stack
      rows={examples}
      keyOf={({ index }) => String(index)}
      toneOf={({ passed }) => (passed ? undefined : 'bad')}
      columns={[
        { title: t('rules.example.person'), cell: ({ index }) => <code class="d-id">{factsText(rule.examples[index]!)}</code> },
        { title: t('rules.example.expected'), cell: ({ expected }) => said(view, expected) },
        {
          title: t('rules.example.got'),
          cell: ({ got, passed }) => (
            <>
              {said(view, got)}{' '}
              <DeskTag tone={passed ? 'good' : 'bad'}>{t(passed ? 'rules.example.right' : 'rules.example.wrong')}</DeskTag>
            </>
          ),
        },
      ]}
    />
  )
}

/** `on: 2026-11-24, person.born_on: 1956-11-24`. */
function factsText({ expect: _, ...facts }: Rule['examples'][number]): string {
  return Object.entries(facts)
    .flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([key, held]) => `${name}.${key}: ${Array.isArray(held) ? `[${held.join(', ')}]` : held}`)
        : [`${name}: ${value}`],
    )
    .join(', ')
}

export function NumberTable({ view, pack, rule }: { view: View; pack: LoadedPack; rule: Rule }) {
  const { t, lang, today } = view
  const rows = numbersOf(rule, pack, today)
  if (rows.length === 0) return null
  return (
    <DeskCard title={t('rules.numbers')} flush>
      <Table
        caption={t('rules.numbers')}
        stack
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { title: t('rules.number.id'), cell: ({ id }) => <code class="d-id">{id}</code> },
          { title: t('rules.number.value'), cell: ({ value, unit }) => `${value} ${t(`rules.unit.${unit}`)}` },
          { title: t('rules.number.since'), cell: (row) => formatDate(row.valid_from, lang, today) },
          {
            title: t('rules.number.read'),
            cell: ({ verified, demo }) => (
              <DeskTag tone={verified ? 'good' : 'plain'}>
                {t(demo ? 'rules.sample' : verified ? 'rules.verified' : 'rules.unverified')}
              </DeskTag>
            ),
          },
        ]}
      />
    </DeskCard>
  )
}

/** Both tables of a count, in tens. A star stands for fewer. */
export function Counted({ view, pack, told }: { view: View; pack: LoadedPack; told: CountedInTens }) {
  const { t, lang, today } = view
  const { changes, parts, found } = told
  if (parts.length === 0) return <Note tone="info">{t('rules.count.nobody_here')}</Note>
  // A column of stars alone says nothing, and on a phone there is no room for it.
  const courses = COURSES.filter((course, c) => course === 'same' || parts.some((_, r) => changes[r]![c] !== null))
  const cell = (count: number | null) => (count === null ? '*' : t('rules.count.about', { n: formatNumber(count) }))
  const names = new Map(parts.map((code) => [code, pack.areaName(code) || code]))
  return (
    <>
      <DeskCard title={t('rules.count.changes')} note={formatDate(told.day, lang, today)} flush>
        <Table
          caption={t('rules.count.changes')}
          rows={parts.map((code, r) => ({ code, cells: changes[r]! }))}
          keyOf={({ code }) => code}
          columns={[
            { title: t('rules.count.place'), cell: ({ code }) => names.get(code) },
            ...courses.map((course) => ({
              title: t(`rules.course.${course}`),
              right: true,
              cell: ({ cells }: { cells: readonly (number | null)[] }) => cell(cells[COURSES.indexOf(course)]!),
            })),
          ]}
        />
      </DeskCard>
      <DeskCard title={t('rules.count.found')} note={t('rules.count.tens')} flush>
        <Table
          caption={t('rules.count.found')}
          rows={parts.map((code, r) => ({ code, cells: found[r]! }))}
          keyOf={({ code }) => code}
          columns={[
            { title: t('rules.count.place'), cell: ({ code }) => names.get(code) },
            ...LISTS.map((list, c) => ({
              title: t(`rules.found.${list}`),
              right: true,
              cell: ({ cells }: { cells: readonly (number | null)[] }) => cell(cells[c]!),
            })),
          ]}
        />
      </DeskCard>
      {courses.length === 1 && <Note tone="info">{t('rules.count.nobody')}</Note>}
      <p class="k-quiet">{t('rules.count.means')}</p>
      {told.unasked.length > 0 && <Note tone="warn">{t('rules.count.unasked', { rules: told.unasked.join(', ') })}</Note>}
    </>
  )
}
