import {
  Actions,
  Button,
  Form,
  Inset,
  Link,
  PageHead,
  PasskeyForm,
  paths,
  ResidentPage,
  Stack,
  Text,
  TextField,
} from '../../../../ui/index.ts'
import type { ConfirmProps } from '../../../own-sign-in.ts'

/** The second look. Who has no second factor is told how to get one. */
export function ConfirmPage({ view, next, held, passkey, elsewhere, errors }: ConfirmProps) {
  const { t } = view
  const none = !held.totp && !passkey
  return (
    <ResidentPage
      view={view}
      title={t('own_account.confirm')}
      back={{ href: paths.me, label: t('ui.me') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('own_account.confirm')} lead={t('own_account.confirm_lead')} />
      {none && (
        <Stack>
          <Inset>{t('own_account.no_factor')}</Inset>
          <Actions>
            <Button href={paths.security}>{t('own_account.get_passkey')}</Button>
          </Actions>
          <Link href={`${paths.security}/app`}>{t('own_account.get_app')}</Link>
          <Text>{t('own_account.get_window')}</Text>
        </Stack>
      )}
      {passkey && (
        <PasskeyForm
          view={view}
          action={`${paths.confirm}/passkey`}
          kind="get"
          options={passkey}
          label={t('own_account.confirm_passkey')}
          look="govuk-button"
          fields={{ next: next ?? undefined }}
          elsewhere={elsewhere}
        />
      )}
      {!none && (
        <Form view={view} action={paths.confirm}>
          {next && <input type="hidden" name="next" value={next} />}
          <TextField
            view={view}
            name="code"
            label={t(held.totp ? 'own_account.app_code' : 'own_account.recovery_code')}
            hint={t(held.totp ? 'own_account.or_recovery' : 'own_account.recovery_hint')}
            autocomplete="one-time-code"
            width="half"
            spellcheck={false}
            {...(errors ? { errors } : {})}
          />
          <Actions>
            <Button {...(passkey ? { kind: 'secondary' as const } : {})}>{t('own_account.go')}</Button>
          </Actions>
        </Form>
      )}
    </ResidentPage>
  )
}
