import { pick } from '../../../../platform/words.ts'
import { Button, Checkboxes, DateField, Details, MoneyField, TextField } from '../../../../ui/index.ts'
import type { AnsweringProps } from './answering.tsx'

export const FIRST_ROWS = 4
export const MOST_ROWS = 12

/** Those who share home and money. An empty row is left out; an income left empty is unknown, never none. */
export function Members({ view, question, typed, errors, rows, grows = true, heading }: AnsweringProps) {
  const { t, lang } = view
  const { code } = question
  const alone = `${code}-alone`
  const error = errors[code] ?? errors[alone]
  const Title = heading ? 'h1' : 'h2'
  return (
    <>
      <div>
        <Title class="govuk-heading-l">{pick(question.ask, lang)}</Title>
        {question.hint && <p class="govuk-hint">{pick(question.hint, lang)}</p>}
      </div>
      <Checkboxes
        view={view}
        name={alone}
        label={t('apply.member.alone_question')}
        options={[{ value: 'yes', label: t('apply.member.alone') }]}
        values={typed[alone] === 'yes' ? ['yes'] : []}
        {...(error ? { error } : {})}
      />
      <div class="k-stack">
        {Array.from({ length: rows }, (_, i) => (
          <MemberRow key={i} view={view} typed={typed} errors={errors} at={`${code}-${i + 1}`} n={i + 1} />
        ))}
      </div>
      <input type="hidden" name="rows" value={rows} />
      {!grows ? null : rows < MOST_ROWS ? (
        <Button kind="secondary" name="more" value="row" icon="plus">
          {t('apply.member.more')}
        </Button>
      ) : (
        <p class="k-quiet">{t('apply.member.most', { most: MOST_ROWS })}</p>
      )}
    </>
  )
}

function MemberRow({
  view,
  typed,
  errors,
  at,
  n,
}: Pick<AnsweringProps, 'view' | 'typed' | 'errors'> & { at: string; n: number }) {
  const { t } = view
  const touched = Object.entries(typed).some(([name, value]) => name.startsWith(`${at}-`) && value !== '')
  const name = typed[`${at}-name`]
  return (
    <Details title={name ? t('apply.member.named', { n, name }) : t('apply.member.nth', { n })} open={n === 1 || touched}>
      <div class="k-form">
        <TextField
          view={view}
          name={`${at}-name`}
          label={t('apply.member.name')}
          errors={errors}
          value={name ?? ''}
          autocomplete="off"
        />
        <TextField
          view={view}
          name={`${at}-relation`}
          label={t('apply.member.relation')}
          hint={t('apply.member.relation_hint')}
          errors={errors}
          value={typed[`${at}-relation`] ?? ''}
          autocomplete="off"
        />
        <DateField
          view={view}
          name={`${at}-born`}
          label={t('apply.member.born')}
          errors={errors}
          value={{
            year: typed[`${at}-born-year`] ?? '',
            month: typed[`${at}-born-month`] ?? '',
            day: typed[`${at}-born-day`] ?? '',
          }}
        />
        <TextField
          view={view}
          name={`${at}-id`}
          label={t('apply.member.id')}
          hint={t('apply.member.id_hint')}
          optional
          errors={errors}
          value={typed[`${at}-id`] ?? ''}
          autocomplete="off"
          spellcheck={false}
        />
        <MoneyField
          view={view}
          name={`${at}-income`}
          label={t('apply.member.income')}
          hint={t('apply.member.income_hint')}
          optional
          errors={errors}
          value={typed[`${at}-income`] ?? ''}
        />
      </div>
    </Details>
  )
}
