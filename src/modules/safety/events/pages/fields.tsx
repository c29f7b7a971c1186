import type { Emergencies } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { type Errors, formatYuan, MoneyField, NumberField, Select, TextArea, TextField, type View } from '../../../../ui/index.ts'
import type { Findings } from '../event.ts'

interface Props {
  view: View
  pack: Emergencies
  body: Readonly<Record<string, string>>
  /** What the last report said, to go on from. */
  before?: { found: Findings; level: string | null }
  errors?: Errors
  /** A final report leaves nothing open. */
  whole?: boolean
  /** She was asked whether the level is meant. */
  asked?: boolean
}

/** What a report says. Of a first or continued one nothing but the place has to be filled in. */
export function FindingFields({ view, pack, body, before, errors, whole = false, asked = false }: Props) {
  const { t, lang } = view
  const typed = Object.keys(body).length > 0
  const was: Record<string, string> = before
    ? {
        ...Object.fromEntries(Object.entries(before.found).map(([name, value]) => [name, value === null ? '' : String(value)])),
        lossFen: before.found.lossFen === null ? '' : formatYuan(before.found.lossFen),
        level: before.level ?? '',
      }
    : {}
  const field = (name: string) => ({
    view,
    name,
    label: t(`event.field.${name}`),
    value: (typed ? body[name] : was[name]) ?? '',
    ...(errors ? { errors } : {}),
  })
  return (
    <>
      <p class="k-quiet">{t(whole ? 'event.all_is_known' : 'event.blank_is_unknown')}</p>
      {asked && <input type="hidden" name="sure" value="yes" />}
      <TextField {...field('place')} maxLength={200} />
      <TextField {...field('source')} maxLength={200} />
      <TextArea {...field('nature')} rows={2} />
      <NumberField {...field('dead')} unit={t('event.persons')} />
      <NumberField {...field('injured')} unit={t('event.persons')} />
      <NumberField {...field('missing')} unit={t('event.persons')} />
      <MoneyField {...field('lossFen')} />
      <TextArea {...field('trend')} rows={2} />
      <TextArea {...field('measures')} rows={3} />
      <TextField {...field('leaders')} maxLength={200} />
      <Select
        {...field('level')}
        empty={t('event.not_known')}
        options={pack.levels.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
      />
    </>
  )
}

/** For the summary of errors: what each field is called. */
export const fieldLabels = ({ t }: View): Record<string, string> =>
  Object.fromEntries(
    [
      'place',
      'source',
      'nature',
      'dead',
      'injured',
      'missing',
      'lossFen',
      'trend',
      'measures',
      'leaders',
      'level',
      'happenedAt',
      'learntAt',
      'at',
      'by',
      'name',
      'why',
    ].map((name) => [name, t(`event.field.${name}`)]),
  )
