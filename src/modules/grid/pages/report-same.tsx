/** Is it one of these: what is open near by, of the same kind. */
import { formatDateTime, PageHead, Radios } from '../../../ui/index.ts'
import type { ListedIncident } from '../use-cases/public.ts'
import { type ReportProps, ReportStep } from './report-parts.tsx'
import { areaLabel } from './report-where.tsx'
import { className, standOf } from './saying.ts'

export const NONE_OF_THESE = 'none'

export function SamePage({ alike, now, ...props }: ReportProps & { alike: readonly ListedIncident[]; now: Date }) {
  const { view, pack, typed, errors } = props
  const { t, lang, today } = view
  return (
    <ReportStep {...props} step="same" own={['joins']}>
      <PageHead title={t('report.same.title')} lead={t('report.same.lead')} />
      <Radios
        view={view}
        name="joins"
        label={t('report.same.label')}
        value={typed.joins ?? null}
        options={[
          ...alike.map((one) => ({
            value: one.publicId,
            label: t('report.same.joins', { title: one.title ?? className(pack, one.classCode, view) }),
            hint: [
              areaLabel(view, pack, one.area),
              one.place,
              t('around.reported_on', { on: formatDateTime(one.reportedAt, lang, today) }),
              standOf(view, one, now).words,
              t('around.reports', { n: one.reports }),
            ]
              .filter(Boolean)
              .join(' · '),
          })),
          { value: NONE_OF_THESE, label: t('report.same.none'), hint: t('report.same.none_hint') },
        ]}
        {...(errors ? { errors } : {})}
      />
    </ReportStep>
  )
}
