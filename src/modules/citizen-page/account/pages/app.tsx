import { qrSvg } from '../../../../core/documents/index.ts'
import type { TotpOffer } from '../../../../platform/accounts/index.ts'
import {
  Actions,
  Button,
  CodeField,
  Details,
  type Errors,
  Form,
  PageHead,
  paths,
  ResidentPage,
  Text,
  type View,
} from '../../../../ui/index.ts'

/** An authenticator app: the QR code, the key as text, and the code that proves that the app has it. */
export const AppPage = ({ view, offer, errors }: { view: View; offer: TotpOffer; errors?: Errors }) => (
  <ResidentPage
    view={view}
    title={view.t('own_account.add_app')}
    back={{ href: paths.security, label: view.t('own_account.title') }}
    {...(errors ? { errors } : {})}
  >
    <PageHead title={view.t('own_account.add_app')} lead={view.t('own_account.app_how')} />
    <div class="k-qr" dangerouslySetInnerHTML={{ __html: qrSvg(offer.uri, view.t('own_account.qr')) }} />
    <Details title={view.t('own_account.no_camera')}>
      <Text>
        {view.t('own_account.key')} <code class="num">{offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </Text>
    </Details>
    <Form view={view} action={`${paths.security}/app`}>
      <input type="hidden" name="sealed" value={offer.sealed} />
      <CodeField
        view={view}
        name="code"
        label={view.t('own_account.app_code')}
        hint={view.t('own_account.app_code_hint')}
        {...(errors ? { errors } : {})}
      />
      <Actions>
        <Button>{view.t('own_account.go')}</Button>
      </Actions>
    </Form>
  </ResidentPage>
)
