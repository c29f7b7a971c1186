import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskButton } from '../../../ui/desk/index.ts'
import { DateField, type Errors, Form, NumberField, Radios, Select, typedDay, type View } from '../../../ui/index.ts'
import { assessmentTable } from '../assessment.ts'

interface FormProps {
  view: View
  pack: LoadedPack
  action: string
  /** A first view, or one that differs from it. */
  says: 'first-view' | 'own'
  body: Readonly<Record<string, string>>
  errors?: Errors
}

/** What each field is called, for errors that say the same of many. */
export const formLabels = ({ t, lang }: View, pack: LoadedPack): Record<string, string> => ({
  ...Object.fromEntries(assessmentTable(pack).questions.map(({ code, ask }) => [code, pick(ask, lang)])),
  assessedOn: t('care.assessed_on'),
  coma: t('care.ask.coma'),
  mental: t('care.ask.mental'),
  events: t('care.ask.events'),
})

/** Twenty-six items and what changes a level. Nothing is chosen beforehand; how high a grade scores stands beside it. */
export function ViewForm({ view, pack, action, says, body, errors }: FormProps) {
  const { t, lang } = view
  const table = assessmentTable(pack)
  const rest = errors ? { errors } : {}
  const yesNo = (name: 'coma' | 'mental', hint?: string) => (
    <Radios
      view={view}
      name={name}
      label={t(`care.ask.${name}`)}
      {...(hint ? { hint } : {})}
      value={body[name] ?? ''}
      options={[
        { value: 'yes', label: t('care.yes') },
        { value: 'no', label: t('care.no') },
      ]}
      {...rest}
    />
  )
  return (
    <Form view={view} action={action}>
      <input type="hidden" name="says" value={says} />
      <DateField view={view} name="assessedOn" label={t('care.assessed_on')} value={typedDay(body, 'assessedOn')} {...rest} />
      {table.parts.map((part) => (
        <section class="k-form" key={part.code}>
          <h3>{pick(part.name, lang)}</h3>
          {table.lines
            .filter((line) => line.part === part.code)
            .map((line) => table.questions.find((item) => item.code === line.answer)!)
            .map((item) => (
              <Select
                key={item.code}
                view={view}
                name={item.code}
                label={pick(item.ask, lang)}
                empty={t('care.choose_one')}
                value={body[item.code] ?? ''}
                options={(item.options ?? []).map((option) => ({
                  value: String(option.value),
                  label: t('care.grade', { n: Number(option.value), text: pick(option.text, lang) }),
                }))}
                {...rest}
              />
            ))}
        </section>
      ))}
      <section class="k-form">
        <h3>{t('care.adjustments')}</h3>
        {yesNo('coma')}
        {yesNo('mental', t('care.ask.mental_hint'))}
        <NumberField
          view={view}
          name="events"
          label={t('care.ask.events')}
          hint={t('care.ask.events_hint')}
          value={body.events ?? ''}
          unit={t('care.times')}
          {...rest}
        />
      </section>
      <DeskButton kind="primary">{t('care.look_first')}</DeskButton>
    </Form>
  )
}
