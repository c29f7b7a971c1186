import { acceptedPhotos, PHOTO_KINDS } from '../../../core/documents/index.ts'
import { type Errors, FieldError, FileField, formatDateTime, useFieldId, type View } from '../../../ui/index.ts'
import type { Photo } from '../use-cases/see-photos.ts'
import { DROP, FILES, IDS, type PhotosAsked } from './photo-form.ts'

/** Chosen already, each with a button that takes it back; and, as long as there may be more, the field. */
export function PhotoField({
  view,
  asked,
  hint,
  errors,
}: {
  view: View
  asked: PhotosAsked
  /** What is to be seen in them. */
  hint?: string
  errors?: Errors | undefined
}) {
  const { t } = view
  const { most, kinds, megabytes, waiting } = asked
  return (
    <>
      <input type="hidden" name={IDS} value={waiting.map(({ id }) => id).join(',')} />
      {waiting.length >= most && <Full view={view} errors={errors} />}
      {waiting.length > 0 && (
        <ul class="k-photos" aria-label={t('photo.chosen')}>
          {waiting.map(({ id, src, width, height }, n) => (
            <li key={id}>
              <img src={src} width={width} height={height} alt={t('photo.alt', { n: n + 1 })} />
              <button class="k-as-link" type="submit" name={DROP} value={id}>
                {t('photo.drop')}
                <span class="govuk-visually-hidden"> {t('photo.alt', { n: n + 1 })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {waiting.length < most && (
        <FileField
          view={view}
          name={FILES}
          label={t(waiting.length > 0 ? 'photo.choose_more' : 'photo.choose')}
          hint={
            <>
              {hint && (
                <>
                  {hint}
                  <br />
                </>
              )}
              {t('photo.hint', {
                most: most - waiting.length,
                megabytes,
                kinds: kinds.map((kind) => PHOTO_KINDS[kind] ?? kind).join(t('photo.or')),
              })}
            </>
          }
          accept={acceptedPhotos(kinds)}
          multiple
          optional
          {...(errors ? { errors } : {})}
        />
      )}
    </>
  )
}

/** No more is asked for: what is wrong with one too many is said where the field was. */
function Full({ view, errors }: { view: View; errors?: Errors | undefined }) {
  const id = useFieldId(FILES)
  const error = errors?.[FILES]
  return error ? (
    <div id={id} tabIndex={-1}>
      <FieldError field={{ view, name: FILES, label: view.t('photo.choose'), error }} />
    </div>
  ) : null
}

/** Sees them before anything else is sent; what was typed stays. `go` is what the route takes it by. */
export const UploadFirst = ({ view, asked, go }: { view: View; asked: PhotosAsked; go: string }) =>
  asked.waiting.length < asked.most ? (
    <p>
      <button class="k-as-link" type="submit" name="go" value={go}>
        {view.t('photo.upload')}
      </button>
    </p>
  ) : null

/** Small pictures, each the way to the large one, with where it comes from. */
export const Photos = ({ view, photos, at }: { view: View; photos: readonly Photo[]; at: string }) => (
  <ul class="k-photos">
    {photos.map(({ id, fact, addedAt, width, height }, n) => (
      <li key={id}>
        <a href={`${at}/${id}`}>
          <img src={`${at}/${id}/small`} width={width} height={height} alt={view.t('photo.alt', { n: n + 1 })} loading="lazy" />
        </a>
        <span class="k-quiet num">
          {view.t(`photo.of.${fact ?? 'report'}`)} · {formatDateTime(addedAt, view.lang, view.today)}
        </span>
      </li>
    ))}
  </ul>
)
