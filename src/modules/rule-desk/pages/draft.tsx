import type { LoadedPack } from '../../../core/matters/index.ts'
import type { Verdict } from '../../../core/rules/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton, DeskCard, Lines, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { type Fault, type Typed, textsOf } from '../proposal.ts'
import type { AskedFact } from '../try.ts'
import type { Checked, CountedInTens, ShownRule } from '../use-cases.ts'
import { CountFields, Names, NumberFields, RuleFields, TextFields, TryFields } from './fields.tsx'
import { Counted, ExampleTable, faultText, said } from './parts.tsx'
import { RULES } from './rule.tsx'

export interface StreetVerdict {
  name: string
  story: { zh: string; en: string } | null
  was: Verdict
  now: Verdict
}

export interface DraftProps extends DeskShell {
  shown: ShownRule
  typed: Typed
  checked: Checked
  pack: LoadedPack
  /** What is in the form, as it was sent; empty when nothing was. */
  body: Readonly<Record<string, string>>
  places: readonly { code: string; name: string }[]
  asked: readonly AskedFact[]
  invented: Readonly<Record<string, string>>
  /** Facts that cannot be read. */
  wrong: readonly string[]
  tried: { was: Verdict; now: Verdict } | null
  /** Of a demo; empty elsewhere. */
  street: readonly StreetVerdict[]
  counted: { told: CountedInTens } | { refused: string } | null
  problem: Problem | undefined
}

/** A draft: what was found first, then the form with everything as it was typed. */
export function DraftPage({ shown, typed, checked, pack, body, problem, ...rest }: DraftProps) {
  const { places, asked, invented, wrong, tried, street, counted, ...shell } = rest
  const { view } = shell
  const { t, lang } = view
  const { rule } = shown
  const errors = problem?.errors ?? {}
  const isSent = 'do' in body
  const fields = { view, errors, typed }
  return (
    <DeskPage {...shell} current={RULES} title={t('rules.draft')} errors={errors} labels={labelsOf(view, typed)}>
      <DeskHead
        title={t('rules.draft')}
        crumbs={[
          { href: RULES, label: t('rules.list.title') },
          { href: `${RULES}/${rule.id}`, label: pick(rule.text, lang) },
        ]}
        note={rule.id}
      />
      {problem && Object.keys(errors).length === 0 && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {isSent && (
        <Found checked={checked} pack={pack} view={view} told={Object.keys(errors).length} {...{ tried, street, counted }} />
      )}
      <Form view={view} action={`${RULES}/${rule.id}/draft`}>
        <DeskCard title={t('rules.card.rule')} note={t('rules.nothing_kept')}>
          <RuleFields {...fields} />
          <Names view={view} pack={pack} />
        </DeskCard>
        <NumberFields {...fields} pack={pack} rule={rule} />
        <DeskCard title={t('rules.card.texts')}>
          <div class="d-pairs">
            <TextFields {...fields} names={textsOf(rule)} />
          </div>
        </DeskCard>
        <DeskCard title={t('rules.card.try')} note={t('rules.try.note')}>
          <TryFields view={view} {...{ asked, invented, wrong }} />
        </DeskCard>
        <DeskCard title={t('rules.card.count')} note={t('rules.count.note')}>
          <CountFields view={view} matters={shown.matters} places={places} body={body} />
        </DeskCard>
        <p class="k-actions">
          <DeskButton kind="primary" name="do" value="check">
            {t('rules.check')}
          </DeskButton>
          <DeskButton name="do" value="compare">
            {t('rules.compare')}
          </DeskButton>
          {Object.keys(checked.files).map((file) => (
            <DeskButton key={file} name="do" value={`file:${file}`}>
              {t('rules.download', { file: file.split('/').at(-1)! })}
            </DeskButton>
          ))}
          {Object.keys(checked.files).length > 0 && (
            <DeskButton name="do" value="summary">
              {t('rules.download_summary')}
            </DeskButton>
          )}
        </p>
      </Form>
      <Note tone="info">{t('rules.past')}</Note>
    </DeskPage>
  )
}

function labelsOf({ t }: View, { texts, numbers }: Typed): Record<string, string> {
  return {
    expression: t('rules.field.expression'),
    examples: t('rules.field.examples'),
    from: t('rules.field.from'),
    ...Object.fromEntries(
      Object.keys(texts).flatMap((name) =>
        (['zh', 'en'] as const).map((lang) => [`${name}.${lang}`, `${t(`rules.text.${name}`)} · ${t(`rules.lang.${lang}`)}`]),
      ),
    ),
    ...Object.fromEntries(Object.keys(numbers).map((id) => [`number.${id}`, id])),
  }
}

/** What the check, the made-up person and the count say. */
function Found({
  view,
  checked,
  pack,
  tried,
  street,
  counted,
  told,
}: Pick<DraftProps, 'checked' | 'pack' | 'tried' | 'street' | 'counted'> & { view: View; told: number }) {
  const { t } = view
  const { proposal } = checked
  return (
    <>
      {/* One at each field stands at the head of the page already. */}
      {proposal.faults.length > told && <Faults view={view} faults={proposal.faults} />}
      {proposal.faults.length === 0 && <Proposed view={view} checked={checked} />}
      {proposal.broken.length > 0 && (
        <Note tone="warn">
          {t('rules.broken', {
            rules: proposal.broken
              .map(({ ruleId, examples }) => `${ruleId} (${examples.map(({ index }) => index + 1).join(', ')})`)
              .join('; '),
          })}
        </Note>
      )}
      {proposal.examples.length > 0 && (
        <DeskCard title={t('rules.examples')} flush>
          <ExampleTable view={view} rule={proposal.rule} examples={proposal.examples} />
        </DeskCard>
      )}
      {tried && (
        <DeskCard title={t('rules.tried')}>
          <Lines
            items={[
              { name: t('rules.tried_was'), value: said(view, tried.was) },
              { name: t('rules.tried_now'), value: said(view, tried.now) },
            ]}
          />
        </DeskCard>
      )}
      {street.length > 0 && <StreetTable view={view} street={street} />}
      {counted && 'told' in counted && <Counted view={view} pack={pack} told={counted.told} />}
      {counted && 'refused' in counted && (
        <Note tone="warn" live>
          {counted.refused}
        </Note>
      )}
    </>
  )
}

const StreetTable = ({ view, street }: { view: View; street: readonly StreetVerdict[] }) => (
  <DeskCard title={view.t('rules.street')} note={view.t('rules.street_note')} flush>
    <Table
      caption={view.t('rules.street')}
      stack
      rows={street}
      keyOf={({ name }) => name}
      toneOf={({ was, now }) => (was === now ? undefined : 'warn')}
      columns={[
        {
          title: view.t('rules.street_name'),
          cell: ({ name, story }) => (
            <>
              <b>{name}</b> {story && <small class="k-quiet">{pick(story, view.lang)}</small>}
            </>
          ),
        },
        { title: view.t('rules.tried_was'), cell: ({ was }) => said(view, was) },
        { title: view.t('rules.tried_now'), cell: ({ was, now }) => (was === now ? said(view, now) : <b>{said(view, now)}</b>) },
      ]}
    />
  </DeskCard>
)

function Faults({ view, faults }: { view: View; faults: readonly Fault[] }) {
  const { t } = view
  return (
    <DeskCard title={t('rules.to_mend_title', { n: faults.length })} raised>
      <ul class="govuk-list govuk-list--bullet">
        {faults.map((fault, at) => (
          <li key={at}>
            <a href={`#${fault.field}`}>
              {t('rules.at', { line: fault.line, column: fault.column, what: faultText(view, fault) })}
            </a>
          </li>
        ))}
      </ul>
    </DeskCard>
  )
}

function Proposed({ view, checked }: { view: View; checked: Checked }) {
  const { t } = view
  const { differences, isWithoutFile } = checked
  if (isWithoutFile) return <Note tone="warn">{t('rules.without_file')}</Note>
  if (differences.length === 0) return <Note tone="info">{t('rules.nothing_changed')}</Note>
  return (
    <DeskCard title={t('rules.proposed')} note={t('rules.proposed_note')} raised>
      <ul class="d-changes">
        {differences.map(({ place, name, field, was, now }) => (
          <li key={`${place.file}${place.line}${name}${field}`}>
            <span class="k-quiet">
              <code class="d-id">
                {place.file}:{place.line}
              </code>{' '}
              {name} {field}
            </span>
            <del>{was}</del>
            <ins>{now}</ins>
          </li>
        ))}
      </ul>
      <p class="k-quiet">{t('rules.get_files')}</p>
    </DeskCard>
  )
}
