/** The parts of the form of a draft. Names of fields are those that `typed.ts` reads. */
import type { LoadedPack, Matter } from '../../../core/matters/index.ts'
import { FACTS, FUNCTIONS, type Rule } from '../../../core/rules/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Errors, NumberField, Radios, Select, TextArea, TextField, type View } from '../../../ui/index.ts'
import { numbersOf, type Typed } from '../proposal.ts'
import type { TextName } from '../rule-text.ts'
import type { AskedFact } from '../try.ts'

interface Shared {
  view: View
  errors: Errors
  typed: Typed
}

const rowsOf = (text: string, least: number) => Math.min(24, Math.max(least, text.split('\n').length + 1))

export function RuleFields({ view, errors, typed }: Shared) {
  const { t } = view
  return (
    <>
      <TextArea
        {...{ view, errors }}
        name="expression"
        label={t('rules.field.expression')}
        hint={t('rules.hint.expression')}
        value={typed.expression}
        rows={rowsOf(typed.expression, 4)}
        code
      />
      <TextArea
        {...{ view, errors }}
        name="examples"
        label={t('rules.field.examples')}
        hint={t('rules.hint.examples')}
        value={typed.examples}
        rows={rowsOf(typed.examples, 4)}
        code
      />
    </>
  )
}

/** What stands in no rule yet, but may. */
export function Names({ view: { t }, pack }: { view: View; pack: LoadedPack }) {
  const names = [...new Set(pack.pack.parameters.map(({ id }) => id))].sort()
  return (
    <details>
      <summary>{t('rules.names.title')}</summary>
      <div>
        <p>{t('rules.names.facts')}</p>
        <ul>
          {Object.entries(FACTS).map(([name, { type }]) => (
            <li key={name}>
              <code class="d-id">{name}</code> {t(`fact.${name}`)} · {t(`rules.names.kind.${type}`)}
            </li>
          ))}
        </ul>
        <p>{t('rules.names.answers')}</p>
        <p>{t('rules.names.functions')}</p>
        <ul>
          {Object.values(FUNCTIONS).map(({ signature }) => (
            <li key={signature}>
              <code class="d-id">{signature}</code>
            </li>
          ))}
        </ul>
        <p>{t('rules.names.numbers')}</p>
        <p>
          <code class="d-id">{names.join(' ')}</code>
        </p>
      </div>
    </details>
  )
}

export function NumberFields({ view, errors, typed, pack, rule }: Shared & { pack: LoadedPack; rule: Rule }) {
  const { t, today } = view
  const rows = numbersOf(rule, pack, today)
  if (rows.length === 0) return null
  return (
    <section class="card">
      <div class="card-header">
        <h2 class="d-h">
          {t('rules.numbers')}
          <span class="k-quiet">{t('rules.hint.numbers')}</span>
        </h2>
      </div>
      <div class="card-body">
        {rows.map(({ id, value, unit }) => (
          <NumberField
            key={id}
            {...{ view, errors }}
            name={`number.${id}`}
            label={id}
            hint={t('rules.hint.number_now', { value: String(value) })}
            unit={t(`rules.unit.${unit}`)}
            value={typed.numbers[id] ?? ''}
          />
        ))}
        <TextField
          {...{ view, errors }}
          name="from"
          label={t('rules.field.from')}
          hint={t('rules.hint.from')}
          value={typed.from}
          width="half"
          autocomplete="off"
        />
      </div>
    </section>
  )
}

export function TextFields({ view, errors, typed, names }: Shared & { names: readonly TextName[] }) {
  const { t } = view
  return (
    <>
      {names.flatMap((name) =>
        (['zh', 'en'] as const).map((lang) => (
          <TextField
            key={`${name}.${lang}`}
            {...{ view, errors }}
            name={`${name}.${lang}`}
            label={`${t(`rules.text.${name}`)} · ${t(`rules.lang.${lang}`)}`}
            value={typed.texts[name]?.[lang] ?? ''}
            autocomplete="off"
          />
        )),
      )}
    </>
  )
}

interface TryProps {
  view: View
  asked: readonly AskedFact[]
  invented: Readonly<Record<string, string>>
  wrong: readonly string[]
}

export function TryFields({ view, asked, invented, wrong }: TryProps) {
  const { t } = view
  if (asked.length === 0) return <p class="k-quiet">{t('rules.try.nothing')}</p>
  const label = (name: string) => (name.startsWith('answers.') ? t('fact.answer') : t(`fact.${name}`))
  return (
    <>
      {asked.map(({ name, type }) => {
        const field = {
          view,
          name: `fact.${name}`,
          label: `${label(name)} · ${name}`,
          value: invented[name] ?? '',
          ...(wrong.includes(name) ? { error: t(`rules.try.wrong.${type}`) } : {}),
        }
        if (type === 'bool')
          return (
            <Radios
              key={name}
              {...field}
              options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`rules.verdict.${value === 'yes'}`) }))}
            />
          )
        return <TextField key={name} {...field} hint={t(`rules.try.hint.${type}`)} width="half" autocomplete="off" />
      })}
    </>
  )
}

interface CountProps {
  view: View
  matters: readonly Matter[]
  places: readonly { code: string; name: string }[]
  body: Readonly<Record<string, string>>
}

export function CountFields({ view, matters, places, body }: CountProps) {
  const { t, lang } = view
  return (
    <>
      <Select
        view={view}
        name="of"
        label={t('rules.count.of')}
        value={body.of ?? matters[0]?.code ?? ''}
        options={[
          ...matters.map(({ code, name }) => ({ value: code, label: t('rules.count.matter', { name: pick(name, lang) }) })),
          { value: '', label: t('rules.count.alone') },
        ]}
      />
      <Select
        view={view}
        name="area"
        label={t('rules.count.area')}
        value={body.area ?? places[0]?.code ?? ''}
        options={places.map(({ code, name }) => ({ value: code, label: name }))}
      />
    </>
  )
}
