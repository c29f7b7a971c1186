import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { Sources } from '../../../../core/rules/index.ts'
import { knownFact, type OwnFacts, type Table, type TableQuestion } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Checkboxes,
  DateField,
  Details,
  type Errors,
  type Fact,
  Facts,
  Form,
  formatDate,
  formatMoney,
  formatNumber,
  Inset,
  Link,
  MoneyField,
  NumberField,
  PageHead,
  paths,
  Radios,
  ResidentPage,
  Section,
  Text,
  TextField,
  typedDay,
  type View,
} from '../../../../ui/index.ts'
import type { Visitor } from '../../front/visitor.ts'
import { endorsedField, REST_NONE } from '../form.ts'
import { Contents, foldsOf, sectionId, sectionsOf } from './sections.tsx'
import { LapseOfTable, Unsettled } from './standing.tsx'

export interface AskProps {
  view: View
  pack: LoadedPack
  table: Table
  own: { facts: OwnFacts; sources: Sources }
  /** As it was typed. */
  body: Readonly<Record<string, string>>
  errors?: Errors
}

export const TablePage = ({ visitor, ...props }: AskProps & { visitor: Visitor }) => {
  const { view, pack, table, errors } = props
  const { t, lang } = view
  return (
    <ResidentPage
      view={view}
      title={pick(table.name, lang)}
      description={pick(table.summary, lang)}
      back={{ href: paths.tables, label: t('tables.title') }}
      {...(errors ? { errors, labels: labelsOf(view, table) } : {})}
    >
      <PageHead title={pick(table.name, lang)} lead={pick(table.summary, lang)} />
      <LapseOfTable view={view} pack={pack} table={table} />
      <Inset>
        <p class="govuk-body">{t('tables.keeps_nothing')}</p>
        <p class="govuk-body">{t('tables.empty_is_open')}</p>
      </Inset>
      {visitor === 'nobody' && table.questions.some((question) => question.fact !== undefined || question.kind === 'permit') && (
        <Text quiet>
          {t('tables.signed_in_less')}{' '}
          <Link href={`${paths.signIn}?${new URLSearchParams({ next: `${paths.tables}/${table.code}` })}`}>
            {t('ui.sign_in')}
          </Link>
        </Text>
      )}
      <Ask {...props} />
      <Unsettled view={view} pack={pack} table={table} />
    </ResidentPage>
  )
}

/** What each field is called, for errors that say the same of many. */
const labelsOf = ({ t, lang }: View, { questions }: Table): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap(({ code, kind, ask }) => [
      [code, pick(ask, lang)],
      ...(kind === 'permit' ? [[endorsedField(code), t('tables.endorsed')]] : []),
    ]),
  )

/** The form: what a register knows is shown with its source and not asked. */
function Ask({ view, table, own, body, errors }: AskProps) {
  const { t } = view
  const known = table.questions.filter((question) => knownFact(question, own.facts) !== undefined)
  const asked = table.questions.filter((question) => !known.includes(question))
  const sections = sectionsOf(table, asked)
  const canBeNone = asked.some(
    ({ kind, options, fact }) => fact === undefined && !options && kind !== 'date' && kind !== 'permit',
  )
  return (
    <>
      {known.length > 0 && (
        <Section id="known" title={t('tables.known')}>
          <Card flush>
            <Facts facts={known.flatMap((question) => knownFacts(view, question, own))} />
          </Card>
        </Section>
      )}
      <Contents view={view} sections={sections} />
      <Form view={view} action={`${paths.tables}/${table.code}`}>
        {sections.map(({ title, questions }, at) => {
          const fields = foldsOf(questions).map((fold) => (
            <Fold key={fold.questions[0]!.code} view={view} body={body} {...fold} {...(errors ? { errors } : {})} />
          ))
          return title && sections.length > 1 ? (
            <Section key={title.zh} id={sectionId(at)} title={pick(title, view.lang)}>
              <div class="k-form">{fields}</div>
            </Section>
          ) : (
            fields
          )
        })}
        {canBeNone && asked.length > 4 && (
          <Checkboxes
            view={view}
            name={REST_NONE}
            label={t('tables.rest')}
            values={body[REST_NONE] === 'yes' ? ['yes'] : []}
            options={[{ value: 'yes', label: t('tables.rest_none') }]}
          />
        )}
        <Actions>
          <Button>{t('tables.reckon')}</Button>
        </Actions>
      </Form>
    </>
  )
}

interface FoldProps extends Pick<AskProps, 'view' | 'body' | 'errors'> {
  fold: TableQuestion['fold']
  questions: readonly TableQuestion[]
}

function Fold({ view, body, errors, fold, questions }: FoldProps) {
  const fields = questions.map((question) => (
    <Asked key={question.code} view={view} question={question} body={body} {...(errors ? { errors } : {})} />
  ))
  if (!fold) return <>{fields}</>
  return (
    <Details title={pick(fold, view.lang)} open={questions.some(({ code }) => body[code] || errors?.[code])}>
      <div class="k-form">{fields}</div>
    </Details>
  )
}

function Asked({
  view,
  question,
  body,
  errors,
}: {
  view: View
  question: TableQuestion
  body: Readonly<Record<string, string>>
  errors?: Errors
}) {
  const { t, lang } = view
  const { code, kind, options, hint, unit } = question
  const field = {
    view,
    name: code,
    label: pick(question.ask, lang),
    ...(hint ? { hint: pick(hint, lang) } : {}),
    ...(errors ? { errors } : {}),
  }
  const value = body[code] ?? ''
  if (options) {
    const shown = options.map((option) => ({ value: String(option.value), label: pick(option.text, lang) }))
    return <Radios {...field} value={value} options={shown} />
  }
  switch (kind) {
    case 'yes_no':
      return (
        <Radios
          {...field}
          value={value}
          options={[
            { value: 'yes', label: t('ui.field.answer_yes') },
            { value: 'no', label: t('ui.field.answer_no') },
          ]}
        />
      )
    case 'money':
      return <MoneyField {...field} value={value} />
    case 'date':
      return <DateField {...field} value={typedDay(body, code)} birth={question.fact === 'person.born_on'} />
    case 'permit':
      return (
        <>
          <DateField {...field} value={typedDay(body, code)} />
          <TextField
            view={view}
            name={endorsedField(code)}
            label={t('tables.endorsed')}
            hint={t('tables.endorsed_hint')}
            value={body[endorsedField(code)] ?? ''}
            autocomplete="off"
            {...(errors ? { errors } : {})}
          />
        </>
      )
    default:
      return <NumberField {...field} value={value} {...(unit ? { unit: pick(unit, lang) } : {})} />
  }
}

/** By the register that knows it. */
function knownFacts(view: View, question: TableQuestion, { facts, sources }: AskProps['own']): Fact[] {
  const { t } = view
  const names = question.kind === 'permit' ? ['person.permit_since', 'person.permit_until'] : [question.fact!]
  return names.flatMap((name) => {
    const [scope, key] = name.split('.') as ['person', string]
    const value = (facts[scope] as Record<string, string | number> | undefined)?.[key]
    if (value === undefined || value === null) return []
    const source = sources[name]
    return [
      {
        name: t(`fact.${name}`),
        value: shownFact(view, question, name, value),
        ...(source ? { source: whose(view, source) } : {}),
      },
    ]
  })
}

const whose = ({ t, lang, today }: View, { source, recordedAt }: Sources[string]): string => {
  const name = t(`people.source.${source}`)
  return recordedAt ? t('tables.by_record', { source: name, on: formatDate(recordedAt.slice(0, 10), lang, today) }) : name
}

function shownFact({ lang, today }: View, question: TableQuestion, name: string, value: string | number): string {
  if (typeof value === 'number') return name.endsWith('_fen') ? formatMoney(value, lang) : formatNumber(value)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDate(value, lang, today)
  // An area is told as the nearest answer that one could have chosen.
  const option = question.options
    ?.filter((one) => value.startsWith(String(one.value)))
    .sort((a, b) => String(b.value).length - String(a.value).length)[0]
  return option ? pick(option.text, lang) : value
}
