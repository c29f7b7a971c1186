/** What is wrong, in words, and what the class asks; then how to reach who reports. */
import type { IncidentAttribute } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  Details,
  type Errors,
  Inset,
  NumberField,
  PageHead,
  PhoneField,
  Radios,
  TextArea,
  TextField,
  type View,
} from '../../../ui/index.ts'
import { PhotoField, UploadFirst } from './photo-field.tsx'
import { IDS, type PhotosAsked } from './photo-form.ts'
import { attributeField, type ReportProps, ReportStep, type Typed } from './report-parts.tsx'

/** Said of the condition: nothing. */
export const UNSURE = 'unsure'

export function MorePage({ other, photos, ...props }: ReportProps & { other: string; photos: PhotosAsked | null }) {
  const { view, pack, typed, errors } = props
  const { t, lang } = view
  const of = pack.incidentClass(typed.what ?? '')
  const asked = of.attributes ?? []
  return (
    <ReportStep
      {...props}
      step="more"
      own={['words', 'condition', IDS, ...asked.map(({ code }) => attributeField(code))]}
      multipart={photos !== null}
    >
      <PageHead title={t('report.more.title')} lead={t(typed.joins ? 'report.more.lead_joins' : 'report.more.lead')} />
      <TextArea
        view={view}
        name="words"
        label={t('report.more.words')}
        hint={t('report.more.words_hint')}
        value={typed.words ?? ''}
        maxLength={2000}
        rows={4}
        optional={of.code !== other}
        {...(errors ? { errors } : {})}
      />
      {asked.map((one) => (
        <Attribute key={one.code} view={view} attribute={one} typed={typed} {...(errors ? { errors } : {})} />
      ))}
      {of.conditions.length > 1 && (
        <Radios
          view={view}
          name="condition"
          label={t('report.more.condition_label')}
          optional
          value={typed.condition ?? null}
          options={[
            ...of.conditions.map((one) => ({
              value: one.code,
              label: pick(one.when, lang),
              hint: t('report.more.condition_hint', { limit: t(`report.limit.${one.limit.unit}`, { n: one.limit.value }) }),
            })),
            { value: UNSURE, label: t('report.more.condition_unsure') },
          ]}
          {...(errors ? { errors } : {})}
        />
      )}
      {of.conditions.length > 0 && of.code !== other && (
        <Details title={t('report.more.conditions')}>
          <ul class="govuk-list govuk-list--bullet">
            {of.conditions.map((one) => (
              <li key={one.code}>
                {t('report.more.condition', {
                  when: pick(one.when, lang),
                  limit: t(`report.limit.${one.limit.unit}`, { n: one.limit.value }),
                  done: pick(one.done_when, lang),
                })}
              </li>
            ))}
          </ul>
          <p class="k-quiet">{t('report.more.unverified')}</p>
        </Details>
      )}
      {photos && (
        <>
          <PhotoField view={view} asked={photos} errors={errors} />
          <UploadFirst view={view} asked={photos} go="more" />
          <p class="k-quiet">{t('photo.privacy')}</p>
        </>
      )}
    </ReportStep>
  )
}

function Attribute({
  view,
  attribute,
  typed,
  errors,
}: {
  view: View
  attribute: IncidentAttribute
  typed: Typed
  errors?: Errors
}) {
  const { code, name, kind, choices, required } = attribute
  const field = {
    view,
    name: attributeField(code),
    label: pick(name, view.lang),
    value: typed[attributeField(code)] ?? '',
    optional: !required,
    ...(errors ? { errors } : {}),
  }
  if (kind === 'choice')
    return <Radios {...field} options={(choices ?? []).map((one) => ({ value: one.code, label: pick(one.name, view.lang) }))} />
  return kind === 'number' ? <NumberField {...field} /> : <TextField {...field} maxLength={500} autocomplete="off" />
}

export function YouPage(props: ReportProps & { signedIn: boolean }) {
  const { view, typed, errors, signedIn } = props
  const { t } = view
  return (
    <ReportStep {...props} step="you" own={['name', 'phone']}>
      <PageHead title={t('report.you.title')} lead={t('report.you.lead')} />
      <Inset>{t('report.you.who_sees')}</Inset>
      <TextField
        view={view}
        name="name"
        label={t('report.you.name')}
        value={typed.name ?? ''}
        maxLength={60}
        autocomplete="name"
        optional
        {...(errors ? { errors } : {})}
      />
      <PhoneField
        view={view}
        name="phone"
        label={t('report.you.phone')}
        hint={t('report.you.phone_hint')}
        value={typed.phone ?? ''}
        optional
        {...(errors ? { errors } : {})}
      />
      {signedIn && <p class="govuk-body">{t('report.you.signed_in')}</p>}
    </ReportStep>
  )
}
