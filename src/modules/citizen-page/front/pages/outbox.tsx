import type { OutboxLine } from '../../../../core/messages/index.ts'
import {
  Actions,
  Button,
  Card,
  Empty,
  Figure,
  formatTime,
  Inset,
  PageHead,
  ResidentPage,
  Stack,
  Text,
  type View,
} from '../../../../ui/index.ts'

/** As a phone shows a message: an address in it can be tapped. */
const linked = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part) => (part.startsWith('http') ? <a href={part}>{part}</a> : part))

const Paragraphs = ({ text }: { text: string }) => (
  <>{text.split(/\n+/).map((line, at) => line && <Text key={at}>{linked(line)}</Text>)}</>
)

/** Demo only: the codes that a provider would have sent, newest first. */
export const OutboxPage = ({
  view,
  lines,
  back,
  again,
}: {
  view: View
  lines: readonly OutboxLine[]
  back: string
  again: string
}) => (
  <ResidentPage view={view} title={view.t('front.outbox.title')} back={{ href: back, label: view.t('front.outbox.back') }}>
    <PageHead title={view.t('front.outbox.title')} lead={view.t('front.outbox.lead')} />
    {lines.length > 0 && (
      <Stack>
        {lines.map((line, at) => (
          <Card key={at}>
            <h2>{view.t(`front.outbox.to_${line.channel}`, { tail: line.tail })}</h2>
            {line.note && <Paragraphs text={line.text} />}
            {line.note && <Text quiet>{view.t('front.outbox.at', { time: formatTime(line.sentAt) })}</Text>}
            {!line.note && <Figure value={line.text} note={view.t('front.outbox.at', { time: formatTime(line.sentAt) })} />}
          </Card>
        ))}
      </Stack>
    )}
    {lines.length === 0 && (
      <Empty icon="send" title={view.t('front.outbox.none')} next={{ href: again, label: view.t('front.outbox.reload') }} />
    )}
    {lines.length > 0 && (
      <Actions>
        <Button href={back}>{view.t('front.outbox.back')}</Button>
        <Button kind="secondary" href={again}>
          {view.t('front.outbox.reload')}
        </Button>
      </Actions>
    )}
    <Inset>
      <Text>{view.t('front.outbox.note')}</Text>
    </Inset>
  </ResidentPage>
)
