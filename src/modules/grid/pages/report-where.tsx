/** Where is it: the object of the code, the position of the phone, or the community and words. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { Inset, PageHead, Select, TextField, type View } from '../../../ui/index.ts'
import { shortArea } from '../../service-centre/index.ts'
import { type ReportProps, ReportStep } from './report-parts.tsx'

interface WhereProps extends ReportProps {
  /** Communities to choose from, of one street or of several. */
  areas: readonly string[]
  /** Where she lives, if that is known: most report what is near. */
  own: string | null | undefined
}

export function WherePage({ areas, own, ...props }: WhereProps) {
  const { view, pack, typed, errors } = props
  const { t } = view
  const streets = [...new Set(areas.map((area) => area.slice(0, 9)))]
  return (
    <ReportStep {...props} step="where" own={['area', 'where', 'lon', 'lat']}>
      <PageHead title={t('report.where.title')} lead={t('report.where.lead')} />
      <div
        class="k-position"
        data-position
        hidden
        data-got={t('report.where.got')}
        data-failed={t('report.where.failed')}
        data-asking={t('report.where.asking')}
      >
        <button class="govuk-button govuk-button--secondary" type="button">
          {t('report.where.use')}
        </button>
        <p class="k-quiet" role="status" data-said>
          {typed.lon ? t('report.where.kept') : ''}
        </p>
        <input type="hidden" name="lon" value={typed.lon ?? ''} />
        <input type="hidden" name="lat" value={typed.lat ?? ''} />
      </div>
      <script type="module" src={view.assets.positionJs} />
      <Select
        view={view}
        name="area"
        label={t('report.where.community')}
        hint={t('report.where.community_hint')}
        empty={t('report.where.choose')}
        options={areas.map((area) => ({ value: area, label: areaLabel(view, pack, area, streets.length > 1) }))}
        value={typed.area ?? own ?? ''}
        {...(errors ? { errors } : {})}
      />
      <TextField
        view={view}
        name="where"
        label={t('report.where.text')}
        hint={t('report.where.text_hint')}
        value={typed.where ?? ''}
        maxLength={300}
        autocomplete="off"
        {...(errors ? { errors } : {})}
      />
      <Inset>{t(pack.incidentClass(typed.what ?? '').private ? 'report.where.seen_private' : 'report.where.seen')}</Inset>
    </ReportStep>
  )
}

/** A community as people call it; `row`: with district and street before it. */
export const areaLabel = ({ t, lang }: View, pack: LoadedPack, area: string, row = false): string =>
  shortArea({ t }, row ? pack.areaRowIn(t, lang, area) : pack.areaIn(t, lang, area))
