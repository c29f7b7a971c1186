/** Everything once more, and sent. */
import { pick } from '../../../platform/words.ts'
import { Button, type Fact, Inset, PageHead, SummaryCard, Text } from '../../../ui/index.ts'
import type { ListedIncident } from '../use-cases/public.ts'
import type { PhotosAsked } from './photo-form.ts'
import { attributeField, type ReportProps, ReportStep, type Step } from './report-parts.tsx'
import { areaLabel } from './report-where.tsx'
import { className } from './saying.ts'

export interface CheckProps extends ReportProps {
  newKey: string
  /** Name of the object of the code, where there is one. */
  object: string | null
  joined: ListedIncident | null
  /** The community that the place lies in. */
  area: string | null
  shownPlace: string | null
  photos: PhotosAsked | null
}

export function CheckPage({ object, joined, area, shownPlace, photos, ...props }: CheckProps) {
  const { view, pack, typed } = props
  const { t, lang } = view
  const of = pack.incidentClass(typed.what ?? '')
  const own: Fact[] = (of.attributes ?? []).flatMap(({ code, name, choices }) => {
    const value = typed[attributeField(code)]
    const choice = choices?.find((one) => one.code === value)
    return value ? [{ name: pick(name, lang), value: choice ? pick(choice.name, lang) : value }] : []
  })
  const condition = of.conditions.find(({ code }) => code === typed.condition)
  const elsewhere = typed.lon && typed.area && area && typed.area !== area
  const said = (value: string | undefined): string => value || t('report.check.nothing')
  return (
    <ReportStep {...props} step="check" own={['go']} button="">
      <PageHead title={t('report.check.title')} lead={t('report.check.lead')} />
      <SummaryCard
        title={t('report.check.what')}
        facts={[
          { name: t('report.check.class'), value: className(pack, of.code, view) },
          ...(joined ? [{ name: t('report.check.joins'), value: `${joined.title ?? ''} ${joined.number}`.trim() }] : []),
          { name: t('report.more.words'), value: said(typed.words) },
          ...(condition ? [{ name: t('report.more.condition_label'), value: pick(condition.when, lang) }] : []),
          ...own,
        ]}
      />
      {photos && photos.waiting.length > 0 && (
        <ul class="k-photos" aria-label={t('photo.chosen')}>
          {photos.waiting.map(({ id, src, width, height }, n) => (
            <li key={id}>
              <img src={src} width={width} height={height} alt={t('photo.alt', { n: n + 1 })} />
            </li>
          ))}
        </ul>
      )}
      <Go to="more" label={t('report.check.change_more')} />
      <SummaryCard
        title={t('report.check.where')}
        facts={[
          ...(object ? [{ name: t('report.check.object'), value: object }] : []),
          ...(area ? [{ name: t('report.where.community'), value: areaLabel(view, pack, area) }] : []),
          ...(typed.where ? [{ name: t('report.where.text'), value: typed.where }] : []),
          ...(typed.lon ? [{ name: t('report.check.position'), value: t('report.where.kept') }] : []),
          {
            name: t('report.check.public_place'),
            value: of.private ? t('report.check.not_public') : (shownPlace ?? t('report.check.no_public_place')),
          },
        ]}
      />
      {elsewhere && (
        <Inset>
          {t('report.check.elsewhere', { chosen: areaLabel(view, pack, typed.area!), found: areaLabel(view, pack, area) })}
        </Inset>
      )}
      {!object && !joined && <Go to="where" label={t('report.check.change_where')} />}
      <SummaryCard
        title={t('report.check.you')}
        facts={[
          { name: t('report.you.name'), value: said(typed.name) },
          { name: t('report.you.phone'), value: said(typed.phone) },
        ]}
      />
      <Go to="you" label={t('report.check.change_you')} />
      <Text quiet>{t('report.you.who_sees')}</Text>
      <div class="k-actions">
        <Button icon="send">{t(joined ? 'report.check.send_joins' : 'report.check.send')}</Button>
      </div>
    </ReportStep>
  )
}

const Go = ({ to, label }: { to: Step; label: string }) => (
  <p>
    <button class="k-as-link" type="submit" name="go" value={to}>
      {label}
    </button>
  </p>
)
