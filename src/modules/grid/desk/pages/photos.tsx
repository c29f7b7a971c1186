/** The photos of an incident as an officer sees them: where each is from, what came with the same one, and whether outsiders see it. */
import { DeskButton, DeskCard, DeskTag } from '../../../../ui/desk/index.ts'
import { Form, formatDateTime } from '../../../../ui/index.ts'
import type { DeskPhoto } from '../../use-cases/see-photos.ts'
import type { IncidentProps } from './incident.tsx'

export function PhotosCard({ mayClear, ...props }: IncidentProps) {
  const { view, page } = props
  const { t } = view
  if (page.photos.length === 0) return null
  return (
    <DeskCard title={t('photo.title')} note={t('incident_desk.photo.note')}>
      <ul class="k-photos">
        {page.photos.map((photo, n) => (
          <One key={photo.id} {...props} photo={photo} n={n + 1} mayClear={mayClear} />
        ))}
      </ul>
      {mayClear && <p class="k-quiet">{t('incident_desk.photo.clear_note')}</p>}
    </DeskCard>
  )
}

function One({ view, page, newKey, photo, n, mayClear }: IncidentProps & { photo: DeskPhoto; n: number }) {
  const { t, lang, today } = view
  const { id, fact, addedAt, width, height, shown, times, elsewhere, alike } = photo
  const at = `/desk/incidents/${page.found.id}/photos/${id}`
  return (
    <li>
      <a href={at}>
        <img src={`${at}/small`} width={width} height={height} alt={t('photo.alt', { n })} loading="lazy" />
      </a>
      <span class="k-quiet num">
        {t(`photo.of.${fact ?? (photo.reportId ? 'report' : 'round')}`)} · {formatDateTime(addedAt, lang, today)}
      </span>
      {times > 0 && (
        <span>
          <DeskTag tone="warn">{t('incident_desk.photo.again', { n: times })}</DeskTag> <Incidents of={elsewhere} />
        </span>
      )}
      {alike.length > 0 && (
        <span>
          <DeskTag tone="warn">{t('incident_desk.photo.alike')}</DeskTag> <Incidents of={alike} />
        </span>
      )}
      <span>
        <DeskTag tone={shown ? 'good' : 'plain'}>
          {t(shown ? 'incident_desk.photo.shown' : 'incident_desk.photo.not_shown')}
        </DeskTag>
      </span>
      {mayClear && (
        <Form view={view} action={at} idempotencyKey={`${newKey}-${n}`}>
          <input type="hidden" name="shown" value={shown ? 'no' : 'yes'} />
          <DeskButton small>
            {t(shown ? 'incident_desk.photo.take_back' : 'incident_desk.photo.clear')}
            <span class="govuk-visually-hidden"> {t('photo.alt', { n })}</span>
          </DeskButton>
        </Form>
      )}
    </li>
  )
}

const Incidents = ({ of }: { of: DeskPhoto['elsewhere'] }) => (
  <>
    {of.map(({ id, number }) => (
      <>
        <a class="num" href={`/desk/incidents/${id}`}>
          {number}
        </a>{' '}
      </>
    ))}
  </>
)
