import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { Message } from '../../../../core/messages/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Button,
  Empty,
  Form,
  formatDate,
  formatDateTime,
  PageHead,
  paths,
  plain,
  ResidentPage,
  Row,
  Rows,
  Tag,
  type View,
} from '../../../../ui/index.ts'

interface MessagesProps {
  view: View
  pack: LoadedPack
  messages: readonly Message[]
  /** Whether the catalogue has a text. */
  has: (key: string) => boolean
  formKey: string
}

export function MessagesPage({ view, pack, messages, has, formKey }: MessagesProps) {
  const { t, lang, today } = view
  const unread = messages.filter((message) => message.readAt === null).length
  return (
    <ResidentPage view={view} title={t('front.messages.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead title={t('front.messages.title')} {...(unread > 0 ? { lead: t('front.messages.unread', { n: unread }) } : {})} />
      {unread > 0 && (
        <Form view={view} action="/me/messages/read" idempotencyKey={formKey}>
          <Button kind="secondary">{t('front.messages.mark')}</Button>
        </Form>
      )}
      {messages.length === 0 ? (
        <Empty icon="send" title={t('front.messages.none')} next={{ href: paths.home, label: t('front.to_home') }}>
          {t('front.messages.none_text')}
        </Empty>
      ) : (
        <Rows>
          {messages.map((message) => (
            <Row
              key={message.id}
              {...(message.caseId ? { href: `/me/cases/${message.caseId}` } : {})}
              title={textOf(view, message, has)}
              note={t('front.messages.note', {
                matter: matterOf(view, pack, message),
                when: formatDateTime(message.madeAt, lang, today),
              })}
              tag={message.readAt === null && <Tag tone="warn">{t('front.messages.new')}</Tag>}
            />
          ))}
        </Rows>
      )}
    </ResidentPage>
  )
}

/** A kind that this version does not know yet still says that there is news. */
function textOf(view: View, { kind, params }: Message, has: (key: string) => boolean): string {
  const shown = Object.fromEntries(
    Object.entries(plain(params)).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value, view.lang, view.today) : value,
    ]),
  )
  return has(`message.${kind}`) ? view.t(`message.${kind}`, shown) : view.t('front.messages.other')
}

function matterOf(view: View, pack: LoadedPack, { params }: Message): string {
  const matter = pack.matters.find((one) => one.code === params.matter)
  return matter ? pick(matter.name, view.lang) : view.t('front.messages.case')
}
