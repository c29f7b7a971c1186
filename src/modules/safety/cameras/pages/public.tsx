/** The register of cameras for everybody, and a resident's own requests for footage. */
import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  clauseText,
  Empty,
  Facts,
  Form,
  formatDate,
  formatDateTime,
  formatNumber,
  MomentField,
  PageHead,
  Pager,
  type Problem,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Select,
  Tag,
  Text,
  TextArea,
  Tiers,
  type Tone,
  Verdict,
  type View,
} from '../../../../ui/index.ts'
import { askers, type Camera, type CountedYear, overwrittenOn, type RequestStatus, requestStatuses } from '../camera.ts'
import type { FootageRequest, Handout } from '../store.ts'

export const STATUS_TONE = {
  waiting: 'warn',
  approved: 'good',
  refused: 'bad',
  withdrawn: 'plain',
} as const satisfies Record<RequestStatus, Tone>

interface Props {
  view: View
  pack: LoadedPack
  emergencies: Emergencies
}

export const purposeName = ({ lang }: View, { cameras }: Emergencies, code: string): string => {
  const purpose = cameras.purposes.find((one) => one.code === code)
  return purpose ? pick(purpose.name, lang) : code
}

interface ListProps extends Props {
  cameras: readonly Camera[]
  areas: readonly { code: string; name: string }[]
  area: string
  page: number
  more: boolean
  years: readonly CountedYear[]
  /** Somebody who may have asked herself. */
  hasOwn: boolean
}

export function CamerasPage({ view, pack, emergencies, cameras, areas, area, page, more, years, hasOwn }: ListProps) {
  const { t, lang } = view
  const { basis, verified } = emergencies.cameras
  const law = pack.pack.bases.find(({ code }) => code === basis.document)
  const at = (n: number) => `/cameras?${new URLSearchParams({ area, page: String(n) })}`
  return (
    <ResidentPage view={view} title={t('camera.title')} back={{ href: paths.home, label: t('broadcast.to_home') }}>
      <PageHead title={t('camera.title')} lead={t('camera.lead')} />
      {hasOwn && (
        <Rows>
          <Row href="/me/footage" icon="eye" title={t('footage.own_title')} />
        </Rows>
      )}
      <form class="k-form" method="get" action="/cameras">
        <Select
          view={view}
          name="area"
          label={t('camera.where')}
          empty={t('camera.everywhere')}
          value={area}
          options={areas.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Actions>
          <Button kind="secondary">{t('camera.show')}</Button>
        </Actions>
      </form>
      {cameras.length === 0 ? (
        <Empty icon="camera" title={t('camera.none')}>
          {t('camera.none_note')}
        </Empty>
      ) : (
        <Section id="list" title={t('camera.list')}>
          <Rows>
            {cameras.map((one) => (
              <Row
                key={one.id}
                href={`/cameras/${one.id}`}
                icon="camera"
                title={one.place}
                note={[
                  purposeName(view, emergencies, one.purpose),
                  t('camera.kept_days', { n: one.retentionDays }),
                  pack.areaIn(t, lang, one.area) || one.area,
                ].join(t('event.stop'))}
                {...(one.sign ? {} : { tag: <Tag tone="warn">{t('camera.no_sign')}</Tag> })}
              />
            ))}
          </Rows>
          <Pager view={view} {...(page > 1 ? { newer: at(page - 1) } : {})} {...(more ? { older: at(page + 1) } : {})} />
        </Section>
      )}
      <Section id="counts" title={t('footage.counts')}>
        {years.length === 0 && <Text>{t('footage.no_counts')}</Text>}
        {years.map(({ year, cells, total }) => (
          <Tiers
            key={year}
            caption={t('footage.counts_of', { year: String(year) })}
            rows={[
              { name: t('footage.counts_of', { year: String(year) }), value: shown(view, total) },
              ...askers.flatMap((asker, row) =>
                requestStatuses.map((status, column) => ({
                  name: `${t(`footage.asker.${asker}`)} · ${t(`footage.status.${status}`)}`,
                  value: shown(view, cells[row]![column]!),
                })),
              ),
            ]}
          />
        ))}
        <Text quiet>{t('footage.withheld')}</Text>
      </Section>
      <Text quiet>
        {t(verified ? 'event.by_law' : 'event.by_law_unverified', {
          law: law ? pick(law.title, lang) : basis.document,
          clause: clauseText(view, basis.clause, law?.clauses),
        })}
      </Text>
    </ResidentPage>
  )
}

const shown = ({ t }: View, n: number | null): string => (n === null ? t('footage.few') : formatNumber(n))

export function CameraPage({ view, pack, emergencies, camera, mayAsk }: Props & { camera: Camera; mayAsk: boolean }) {
  const { t, lang, today } = view
  return (
    <ResidentPage view={view} title={camera.place} back={{ href: '/cameras', label: t('camera.title') }}>
      <PageHead title={camera.place} caption={pack.areaIn(t, lang, camera.area) || camera.area} />
      {!camera.sign && (
        <Verdict tone="warn" title={t('camera.no_sign')}>
          <p>{t('camera.no_sign_text')}</p>
        </Verdict>
      )}
      <Facts
        facts={[
          { name: t('camera.purpose'), value: purposeName(view, emergencies, camera.purpose) },
          { name: t('camera.keeper'), value: camera.keeper, source: camera.contact },
          { name: t('camera.retention'), value: t('camera.days', { n: camera.retentionDays }) },
          { name: t('camera.sign'), value: t(camera.sign ? 'camera.sign_there' : 'camera.sign_missing') },
          { name: t('camera.basis'), value: camera.basis },
          { name: t('camera.recorded'), value: formatDate(dayOf(camera.recordedAt), lang, today) },
        ]}
      />
      <Section id="ask" title={t('footage.ask')}>
        <Text>{t('footage.ask_text', { n: emergencies.cameras.decided_within })}</Text>
        <Actions>
          <Button
            href={
              mayAsk ? `/cameras/${camera.id}/ask` : `${paths.signIn}?next=${encodeURIComponent(`/cameras/${camera.id}/ask`)}`
            }
          >
            {t(mayAsk ? 'footage.ask' : 'footage.sign_in_and_ask')}
          </Button>
        </Actions>
      </Section>
    </ResidentPage>
  )
}

interface AskProps {
  view: View
  camera: Camera
  body: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

/** A resident about herself: when, and why. */
export function AskPage({ view, camera, body, newKey, problem }: AskProps) {
  const { t } = view
  const errors = problem ? { errors: Object.keys(problem.errors).length > 0 ? problem.errors : { from: problem.message } } : {}
  return (
    <ResidentPage view={view} title={t('footage.ask')} back={{ href: `/cameras/${camera.id}`, label: camera.place }} {...errors}>
      <PageHead title={t('footage.ask')} caption={camera.place} lead={t('footage.only_own')} />
      <Form view={view} action={`/cameras/${camera.id}/ask`} idempotencyKey={newKey}>
        <MomentField view={view} name="from" label={t('footage.field.from')} value={body.from ?? ''} {...errors} />
        <MomentField
          view={view}
          name="to"
          label={t('footage.field.to')}
          hint={t('footage.to_hint')}
          value={body.to ?? ''}
          {...errors}
        />
        <TextArea
          view={view}
          name="reason"
          label={t('footage.field.reason')}
          hint={t('footage.reason_hint')}
          rows={4}
          maxLength={1000}
          value={body.reason ?? ''}
          {...errors}
        />
        <Text quiet>{t('footage.kept_days', { n: camera.retentionDays })}</Text>
        <Actions>
          <Button>{t('footage.send')}</Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}

interface OwnProps {
  view: View
  requests: readonly (FootageRequest & { camera: Camera | null; handouts: Handout[] })[]
  newKey: string
}

export function OwnFootagePage({ view, requests, newKey }: OwnProps) {
  const { t, lang, today } = view
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  return (
    <ResidentPage view={view} title={t('footage.own_title')} back={{ href: '/cameras', label: t('camera.title') }}>
      <PageHead title={t('footage.own_title')} />
      {requests.length === 0 && (
        <Empty icon="camera" title={t('footage.none_own')} next={{ href: '/cameras', label: t('camera.title') }} />
      )}
      {requests.map((one) => (
        <Card key={one.id}>
          <h2 class="k-h2">{one.camera?.place ?? t('camera.gone')}</h2>
          <p>
            <Tag tone={STATUS_TONE[one.status]}>{t(`footage.status.${one.status}`)}</Tag>
          </p>
          <Facts
            facts={[
              { name: t('footage.stretch'), value: t('footage.from_to', { from: at(one.fromAt), to: at(one.toAt) }) },
              { name: t('footage.field.reason'), value: one.reason },
              ...(one.status === 'waiting'
                ? [
                    { name: t('footage.due'), value: formatDate(one.dueOn, lang, today) },
                    ...(one.camera
                      ? [
                          {
                            name: t('footage.overwritten'),
                            value: formatDate(overwrittenOn(one.toAt, one.camera.retentionDays), lang, today),
                          },
                        ]
                      : []),
                  ]
                : []),
              ...(one.reasons ? [{ name: t('footage.reasons'), value: one.reasons }] : []),
              ...one.handouts.map((h) => ({ name: t(`footage.how.${h.how}`), value: `${at(h.at)} ${h.receiver}` })),
            ]}
          />
          {one.status === 'refused' && <Text quiet>{t('footage.remedy')}</Text>}
          {one.status === 'waiting' && (
            <Form view={view} action={`/me/footage/${one.id}/withdraw`} idempotencyKey={`${newKey}-${one.id.slice(-12)}`}>
              <Button kind="secondary" small>
                {t('footage.withdraw')}
              </Button>
            </Form>
          )}
        </Card>
      ))}
    </ResidentPage>
  )
}
