/** One report by its token: where it stands, every step, and what its reporter may say. Just sent, it is the receipt too. */
import { qrSvg } from '../../../core/documents/index.ts'
import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  Button,
  Card,
  type Errors,
  Figure,
  Form,
  formatDateTime,
  Inset,
  Link,
  langOf,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Tag,
  Text,
  TextArea,
  Tick,
  Verdict,
  type View,
} from '../../../ui/index.ts'
import type { Followed } from '../use-cases/follow.ts'
import { Course } from './course.tsx'
import { PhotoField, Photos, UploadFirst } from './photo-field.tsx'
import type { PhotosAsked } from './photo-form.ts'
import { REPORT } from './report-parts.tsx'
import { areaLabel } from './report-where.tsx'
import { className, dueAgainst, latenessOf, standOf } from './saying.ts'

interface FollowProps {
  view: View
  pack: LoadedPack
  token: string
  followed: Followed
  now: Date
  publicUrl: string
  /** The address of just after the sending, which people keep too: it is the receipt until something has happened. */
  sent: boolean
  /** What she has just said: that it is solved, or that it is not. */
  said: 'yes' | 'no' | undefined
  newKey: string
  typed?: string
  /** What her word that it is not solved asks of photos; null where none are taken. */
  photos: PhotosAsked | null
  errors?: Errors
}

export function FollowPage(props: FollowProps) {
  const { view, pack, followed, now, said, errors } = props
  const fresh = props.sent && followed.course.every(({ recordedAt }) => recordedAt <= followed.reportedAt)
  const { t, lang, today } = view
  const title = followed.title ?? className(pack, followed.classCode, view)
  const mine = followed.photos.filter(({ own }) => own)
  const others = followed.photos.filter(({ own }) => !own)
  const at = `${REPORT}/${props.token}/photos`
  const where = [areaLabel(view, pack, followed.area), followed.place].filter(Boolean).join(' · ')
  const { words, tone } = standOf(view, followed, now)
  // A class may have left the pack since: what was reported is followed all the same.
  const condition = pack.incidents.classes
    .find(({ code }) => code === followed.classCode)
    ?.conditions.find(({ code }) => code === followed.condition)
  return (
    <ResidentPage
      view={view}
      title={fresh ? t('follow.sent') : title}
      back={{ href: paths.around, label: t('around.title') }}
      {...(errors ? { errors } : {})}
    >
      {fresh ? <Sent {...props} /> : <PageHead title={title} caption={followed.number} tag={<Tag tone={tone}>{words}</Tag>} />}
      {said && !errors && <Tick>{t(`follow.noted.${said}`)}</Tick>}
      <Now {...props} />
      <Say {...props} />
      <Section id="course" title={t('follow.course')}>
        <Card>
          <Course
            view={view}
            pack={pack}
            waits={followed.closedAt === null ? words : null}
            steps={followed.course.map(({ seq, fact, payload, recordedAt, organisationName }) => ({
              seq,
              fact,
              how: payload.how ?? null,
              unit: payload.unit ?? null,
              reason: payload.reason,
              until: payload.until,
              by: organisationName,
              recordedAt,
            }))}
          />
          {others.length > 0 && <Photos view={view} photos={others} at={at} />}
        </Card>
      </Section>
      <Section id="yours" title={t('follow.yours')}>
        <Card>
          <p class="k-quiet num">
            {formatDateTime(followed.reportedAt, lang, today)} · <span lang={langOf(lang, where)}>{where}</span>
          </p>
          <p>{followed.words || t('follow.no_words')}</p>
          {condition && <p>{pick(condition.when, lang)}</p>}
          {followed.where && <p>{t('follow.where', { where: followed.where })}</p>}
          <p class="k-quiet">{followed.phoneEnd ? t('follow.phone', { end: followed.phoneEnd }) : t('follow.no_phone')}</p>
          {followed.saidAgain.map(({ at, words }) => (
            <div key={at}>
              <p class="k-quiet num">{t('follow.said_again', { at: formatDateTime(new Date(at), lang, today) })}</p>
              <p>{words}</p>
            </div>
          ))}
          {mine.length > 0 && <Photos view={view} photos={mine} at={at} />}
        </Card>
        {mine.length > 0 && <Text quiet>{t('photo.privacy')}</Text>}
        <Text quiet>
          {t(
            followed.may.confirm || followed.may.reopen || followed.closedAt === null
              ? 'follow.who_has_link'
              : 'follow.who_reads',
          )}
        </Text>
        {followed.shown && <Link href={`${paths.around}/${followed.publicId}`}>{t('follow.public_page')}</Link>}
      </Section>
    </ResidentPage>
  )
}

/** The receipt: the number, the address to keep, and what comes when. */
function Sent({ view, pack, token, followed, publicUrl }: FollowProps) {
  const { t, lang, today } = view
  const { conditions } = pack.incidentClass(followed.classCode)
  const { word, reopen_days } = pack.incidents
  const address = `${publicUrl}${REPORT}/${token}`
  const limit = (one: { value: number; unit: string }) => t(`report.limit.${one.unit}`, { n: one.value })
  const limits = [...new Set(conditions.map((one) => limit(one.limit)))]
  return (
    <>
      <PageHead title={t('follow.sent')} lead={t(followed.own ? 'follow.sent_lead' : 'follow.sent_joined')} />
      <Card found>
        <h2>{t('follow.number')}</h2>
        <Figure value={followed.number} />
        <p>{t('follow.keep')}</p>
        {/* Drawn from the address alone. */}
        <div class="k-qr" dangerouslySetInnerHTML={{ __html: qrSvg(address, t('follow.qr')) }} />
        <p>
          <a class="k-link k-address" href={`${REPORT}/${token}`}>
            {address}
          </a>
        </p>
      </Card>
      <Section id="next" title={t('follow.next')}>
        <Card>
          <ol class="govuk-list govuk-list--number">
            <li>
              {followed.stageDueAt && followed.status === 'reported'
                ? t('follow.next_verify', { by: formatDateTime(followed.stageDueAt, lang, today) })
                : t('follow.next_running')}
            </li>
            {followed.status === 'reported' && <li>{t('follow.next_handle', { limits: limits.join(t('follow.or')) })}</li>}
            <li>{t('follow.next_word', { limit: limit(word), days: reopen_days })}</li>
          </ol>
        </Card>
      </Section>
    </>
  )
}

/** In one sentence, with the date that counts now. */
function Now({ view, pack, followed, now }: FollowProps) {
  const { t, lang, today } = view
  const { status, outcome, dueAt, stageDueAt, wordBy, closedAt, parentNumber, course } = followed
  const unit = [...course].reverse().find(({ fact }) => fact === 'dispatched')?.payload.unit
  const at = (when: Date | null): string => (when ? formatDateTime(when, lang, today) : 'none')
  const running = status === 'dispatched' || status === 'handling'
  const date = running
    ? dueAt
    : status === 'reported' || status === 'verified' || status === 'filed' || status === 'handled'
      ? stageDueAt
      : null
  const due = date && dueAgainst(view, date, now)
  const late = running && due?.tone === 'bad' ? '' : latenessOf(view, followed)
  const { tone } = standOf(view, followed, now)
  return (
    <Verdict tone={due?.tone === 'bad' ? 'bad' : tone === 'plain' ? 'info' : tone} title={t('follow.now')}>
      <p>
        {t(
          status === 'closed'
            ? `follow.ended.${outcome === 'confirmed' && !followed.own ? 'confirmed_by_first' : outcome}`
            : `follow.stands.${status === 'checked' && !followed.may.confirm ? 'checked_by_first' : status}`,
          {
            unit: unit ? organisationIn(pack, view, unit) : 'none',
            by: at(wordBy),
            on: at(closedAt),
          },
        )}
      </p>
      {date && due && (
        <p class="num">{t(due.tone === 'bad' ? 'follow.late' : 'follow.due', { by: at(date), words: due.words })}</p>
      )}
      {late && <p class="num">{late}</p>}
      {(late || due?.tone === 'bad') && followed.shown && <p>{t('follow.late_shown')}</p>}
      {followed.round > 1 && <p>{t('follow.round', { n: followed.round })}</p>}
      {parentNumber && <p>{t('follow.linked', { number: parentNumber })}</p>}
    </Verdict>
  )
}

function Say({ view, followed, token, newKey, typed, photos, errors, pack }: FollowProps) {
  const { t } = view
  const { may, status } = followed
  if (!may.confirm && !may.reopen) return null
  const action = `${REPORT}/${token}/word`
  return (
    <Section id="word" title={t(status === 'checked' ? 'follow.say' : 'follow.say_again')}>
      <Card>
        {may.confirm && (
          <Form view={view} action={action} idempotencyKey={newKey}>
            <input type="hidden" name="solved" value="yes" />
            <div class="k-actions">
              <Button icon="check">{t('follow.solved')}</Button>
            </div>
          </Form>
        )}
        {may.reopen && (
          <Form view={view} action={action} multipart={photos !== null}>
            <input type="hidden" name="solved" value="no" />
            <TextArea
              view={view}
              name="reason"
              label={t('follow.reason')}
              hint={t('follow.reason_hint')}
              value={typed ?? ''}
              maxLength={500}
              rows={3}
              {...(errors ? { errors } : {})}
            />
            {photos && (
              <>
                <PhotoField view={view} asked={photos} hint={t('follow.photos_hint')} errors={errors} />
                <UploadFirst view={view} asked={photos} go="photos" />
                <p class="k-quiet">{t('photo.privacy')}</p>
              </>
            )}
            <div class="k-actions">
              <Button kind="secondary">{t('follow.not_solved')}</Button>
            </div>
          </Form>
        )}
      </Card>
      <Inset>{t(status === 'checked' ? 'follow.silence' : 'follow.still_time', { days: pack.incidents.reopen_days })}</Inset>
    </Section>
  )
}
