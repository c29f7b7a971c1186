import type { NoticeView } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Empty,
  type Errors,
  Facts,
  Form,
  formatDate,
  formatDay,
  NoticeCard,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Tag,
  Text,
  TextArea,
  Tick,
  type View,
} from '../../../../ui/index.ts'

export function NoticesPage({ view, pack, notices }: { view: View; pack: LoadedPack; notices: readonly NoticeView[] }) {
  const { t } = view
  return (
    <ResidentPage view={view} title={t('front.notices.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead title={t('front.notices.title')} lead={t('front.notices.lead')} />
      {notices.length === 0 ? (
        <Empty icon="horn" title={t('front.notices.none')} next={{ href: paths.home, label: t('front.to_home') }}>
          {t('front.notices.none_text')}
        </Empty>
      ) : (
        <Section id="running" title={t('front.notices.running')}>
          {notices.map((notice) => (
            <NoticeCard
              key={notice.id}
              view={view}
              href={`/notices/${notice.id}`}
              kind={t('front.notice.kind')}
              title={noticeTitle(view, pack, notice)}
              note={noticeWhen(view, notice)}
              daysLeft={daysLeft(view, notice)}
            />
          ))}
        </Section>
      )}
    </ResidentPage>
  )
}

interface NoticeProps {
  view: View
  pack: LoadedPack
  notice: NoticeView
  formKey: string
  typed?: string
  errors?: Errors
}

export function NoticePage({ view, pack, notice, formKey, typed, errors }: NoticeProps) {
  const { t, lang, today } = view
  return (
    <ResidentPage
      view={view}
      title={noticeTitle(view, pack, notice)}
      back={{ href: '/notices', label: t('front.notices.title') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead
        caption={notice.areaName}
        title={noticeTitle(view, pack, notice)}
        tag={<Tag>{t('ui.notice.left', { n: daysLeft(view, notice) })}</Tag>}
        lead={t('front.notice.lead')}
      />
      <Card flush>
        <Facts
          facts={[
            { name: t('front.notice.matter'), value: matterName(view, pack, notice.matterCode) },
            { name: t('front.notice.applicant'), value: notice.shownName, source: t('front.notice.masked') },
            ...(notice.size ? [{ name: t('front.notice.size'), value: t('front.notice.people', { n: notice.size }) }] : []),
            {
              name: t('front.notice.when'),
              value: t('front.notice.from_to', {
                from: formatDate(notice.startsOn, lang, today),
                to: formatDay(notice.endsOn, lang, today),
              }),
            },
          ]}
        />
      </Card>
      <Section id="objection" title={t('front.objection.title')}>
        {notice.own ? (
          <Card>
            <p>{t('front.objection.own')}</p>
          </Card>
        ) : notice.objected ? (
          <Card>
            <Tick>{t('front.objection.done')}</Tick>
            <p>{t('front.objection.done_text')}</p>
          </Card>
        ) : (
          <Form view={view} action={`/notices/${notice.id}/objection`} idempotencyKey={formKey}>
            <TextArea
              view={view}
              name="text"
              label={t('front.objection.label')}
              hint={t('front.objection.hint')}
              maxLength={2000}
              value={typed ?? ''}
              {...(errors ? { errors } : {})}
            />
            <Actions>
              <Button kind="secondary">{t('front.objection.send')}</Button>
            </Actions>
          </Form>
        )}
        {view.hotline && <Text quiet>{t('front.objection.or_call', { number: view.hotline })}</Text>}
      </Section>
    </ResidentPage>
  )
}

const matterName = (view: View, pack: LoadedPack, code: string): string => {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, view.lang) : code
}

export const noticeTitle = (view: View, pack: LoadedPack, { matterCode, shownName }: NoticeView): string =>
  view.t('front.notice.title', { matter: matterName(view, pack, matterCode), name: shownName })

export const noticeWhen = (view: View, { areaName, endsOn }: NoticeView): string =>
  view.t('front.notice.until', { area: areaName, on: formatDay(endsOn, view.lang, view.today) })

/** After today: the day on which it was put up is none of the seven, and on the last one there is none left. */
const daysLeft = ({ today }: View, { endsOn }: NoticeView): number => Temporal.PlainDate.from(today).until(endsOn).days
