import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { Message } from '../../../../core/messages/index.ts'
import {
  Button,
  Empty,
  Form,
  formatDateTime,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Tag,
  type View,
} from '../../../../ui/index.ts'
import { messageText } from '../message-text.ts'

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
              {...hrefOf(message)}
              title={messageText(view, pack, message, has)}
              note={[
                t(numberOf(message) ? 'front.messages.note' : 'front.messages.note_account', {
                  number: numberOf(message),
                  when: formatDateTime(message.madeAt, lang, today),
                }),
                ...message.outgone.map(({ channel, state }) => t(`front.messages.outgone.${channel}_${state}`)),
              ].join(' · ')}
              tag={message.readAt === null && <Tag tone="warn">{t('front.messages.new')}</Tag>}
            />
          ))}
        </Rows>
      )}
      <Link href={paths.channels}>{t('channels.title')}</Link>
    </ResidentPage>
  )
}

function hrefOf({ caseId, kind, params }: Message): { href?: string } {
  if (caseId) return { href: `/me/cases/${caseId}` }
  if (kind === 'incident_news' && typeof params.token === 'string') return { href: `${paths.report}/${params.token}` }
  return kind === 'found' ? { href: paths.found } : {}
}

/** News of an incident has its number in the text: it is no case. */
const numberOf = ({ kind, params }: Message): string =>
  kind !== 'incident_news' && typeof params.number === 'string' ? params.number : ''
