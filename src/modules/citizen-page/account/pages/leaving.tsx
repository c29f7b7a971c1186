import type { Day } from '../../../../platform/time.ts'
import {
  Actions,
  Button,
  CodeField,
  Confirm,
  type Errors,
  Form,
  formatDay,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  SignOut,
  Text,
  Tick,
  type View,
} from '../../../../ui/index.ts'

export interface LastProps {
  view: View
  on: Day
  /** Masked. */
  phone: string
  /** Who has no factor proves her phone once more. */
  byCode: boolean
  outbox: boolean
  errors?: Errors
}

/** Asks once. */
export const LastPage = ({ view, on, phone, byCode, outbox, errors }: LastProps) => (
  <ResidentPage
    view={view}
    title={view.t('deletion.last')}
    back={{ href: paths.deletion, label: view.t('deletion.title') }}
    {...(errors ? { errors } : {})}
  >
    <Confirm
      view={view}
      title={view.t('deletion.last')}
      text={view.t('deletion.last_text', { day: formatDay(on, view.lang, view.today) })}
      action={paths.deletion}
      yes={view.t('deletion.yes')}
      no={{ href: paths.security, label: view.t('deletion.no') }}
      danger
    >
      {byCode && outbox && (
        <p>
          <a class="k-link" href="/demo/outbox" target="_blank" rel="noopener">
            {view.t('own_account.outbox')}
          </a>
        </p>
      )}
      {byCode && <CodeField view={view} name="code" label={view.t('deletion.code', { phone })} {...(errors ? { errors } : {})} />}
    </Confirm>
    {byCode && (
      <Form view={view} action={`${paths.deletion}/code`}>
        <Actions>
          <Button kind="secondary">{view.t('deletion.again')}</Button>
        </Actions>
      </Form>
    )}
  </ResidentPage>
)

export interface LeavingProps {
  view: View
  on: Day
  /** Her days are over; the next hour carries it out. */
  over: boolean
  /** Masked. */
  phone: string
  /** Basis of the hold that it waits for. */
  waits: string | null
}

/** The only page that she has until it is done. */
export const LeavingPage = ({ view, on, over, phone, waits }: LeavingProps) => {
  const { t } = view
  const day = formatDay(on, view.lang, view.today)
  return (
    <ResidentPage view={view} title={t('deletion.asked')}>
      <PageHead title={t('deletion.asked')} lead={t('deletion.asked_lead', { phone })} />
      {waits && <Inset>{t('deletion.waits', { basis: waits })}</Inset>}
      {!waits && <Text>{over ? t('deletion.over') : t('deletion.until', { day })}</Text>}
      <Text>{t('deletion.stopped')}</Text>
      <Form view={view} action={`${paths.deletion}/keep`}>
        <Actions>
          <Button>{t('deletion.keep')}</Button>
        </Actions>
      </Form>
      <Text quiet>{t('deletion.leave')}</Text>
      <SignOut view={view} />
    </ResidentPage>
  )
}

export const KeptPage = ({ view }: { view: View }) => (
  <ResidentPage view={view} title={view.t('deletion.kept')}>
    <PageHead title={view.t('deletion.kept')} />
    <Tick>{view.t('deletion.kept_text')}</Tick>
    <Actions>
      <Button href={paths.me}>{view.t('ui.me')}</Button>
    </Actions>
  </ResidentPage>
)
