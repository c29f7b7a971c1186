import type { ChannelState } from '../../../../core/messages/index.ts'
import {
  Actions,
  Button,
  Checkboxes,
  type Errors,
  Form,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  Tick,
  type View,
} from '../../../../ui/index.ts'

interface ChannelsProps {
  view: View
  channels: readonly ChannelState[]
  /** Hours of the night in which only what concerns the account leaves. */
  night: { from: number; until: number } | null
  newKey: string
  done: string | undefined
  errors?: Errors
}

const DONE = new Set(['saved', 'email', 'removed'])

export function ChannelsPage({ view, channels, night, newKey, done, errors }: ChannelsProps) {
  const { t } = view
  // One box each: a form sends the names of those that are ticked.
  const offered = channels.filter((each) => each.to !== null)
  const email = channels.find((each) => each.channel === 'email')
  return (
    <ResidentPage
      view={view}
      title={t('channels.title')}
      back={{ href: '/me/messages', label: t('channels.back') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('channels.title')} lead={t('channels.lead')} />
      {done && DONE.has(done) && <Tick>{t(`channels.done.${done}`)}</Tick>}
      {channels.map(
        ({ channel, trouble, to }) =>
          trouble && (
            <Inset key={channel}>
              <Text>{t(`channels.trouble.${trouble}`, { to: to ?? '' })}</Text>
            </Inset>
          ),
      )}
      {offered.length > 0 && (
        <Form view={view} action={paths.channels} idempotencyKey={newKey}>
          <Checkboxes
            view={view}
            name="channel"
            label={t('channels.by')}
            hint={night ? t('channels.night', night) : undefined}
            values={offered.filter((each) => each.wanted).map((each) => each.channel)}
            options={offered.map(({ channel, open, to }) => ({
              value: channel,
              label: t(`channels.${channel}`, { to: to ?? '' }),
              ...(open ? {} : { hint: t(`channels.closed.${channel}`) }),
            }))}
          />
          <Actions>
            <Button>{t('channels.save')}</Button>
          </Actions>
        </Form>
      )}
      {email && <EmailSection view={view} email={email} />}
      <Text quiet>{t('channels.neutral')}</Text>
    </ResidentPage>
  )
}

function EmailSection({ view, email }: { view: View; email: ChannelState }) {
  const { t } = view
  return (
    <Section id="email" title={t('channels.mail')}>
      <Text>
        {email.to ? t('channels.mail_now', { to: email.to }) : t(email.open ? 'channels.mail_none' : 'channels.closed.email')}
      </Text>
      {email.open && (
        <Actions>
          <Button kind="secondary" href={`${paths.channels}/email`}>
            {t(email.to ? 'channels.mail_other' : 'channels.mail_add')}
          </Button>
        </Actions>
      )}
      {email.to && (
        <Form view={view} action={`${paths.channels}/email/removal`}>
          <Actions>
            <Button kind="danger">{t('channels.mail_remove')}</Button>
          </Actions>
        </Form>
      )}
    </Section>
  )
}
