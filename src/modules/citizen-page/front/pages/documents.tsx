import type { BytesChecked, PublicDocument } from '../../../../core/documents/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Card,
  Details,
  type Errors,
  Facts,
  FileField,
  Form,
  formatDay,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  TextField,
  type Tone,
  Verdict,
  type View,
} from '../../../../ui/index.ts'

export function CheckFormPage({ view, typed, errors }: { view: View; typed?: string; errors?: Errors }) {
  const { t } = view
  const shared = { view, ...(errors ? { errors } : {}) }
  return (
    <ResidentPage
      view={view}
      title={t('front.document.form_title')}
      back={{ href: paths.home, label: t('front.to_home') }}
      {...(errors ? { errors } : {})}
    >
      <PageHead title={t('front.document.form_title')} lead={t('front.document.form_lead')} />
      <Form view={view} action={paths.checkDocument} multipart>
        <TextField
          {...shared}
          name="code"
          label={t('front.document.code')}
          hint={t('front.document.code_hint')}
          value={typed ?? ''}
          autocomplete="off"
          spellcheck={false}
          maxLength={300}
        />
        <FileField
          {...shared}
          name="pdf"
          label={t('front.document.pdf')}
          hint={t('front.document.pdf_hint')}
          accept="application/pdf"
        />
        <Details title={t('front.document.has_signature')}>
          <FileField
            {...shared}
            name="signature"
            label={t('front.document.signature')}
            hint={t('front.document.signature_hint')}
          />
        </Details>
        <Actions>
          <Button>{t('front.document.check')}</Button>
        </Actions>
      </Form>
      <Text quiet>{t('front.document.not_kept')}</Text>
    </ResidentPage>
  )
}

/** What anyone sees who scans the code: never whose document it is. */
export function DocumentPage({
  view,
  pack,
  document,
  address,
}: {
  view: View
  pack: LoadedPack
  document: PublicDocument
  address: string
}) {
  const { t } = view
  return (
    <ResidentPage
      view={view}
      title={t('front.document.title')}
      back={{ href: paths.checkDocument, label: t('front.document.form_title') }}
    >
      <PageHead caption={document.number} title={titleOf(view, pack, document)} />
      <ValidityVerdict view={view} document={document} />
      <DocumentFacts view={view} pack={pack} document={document} />
      <Text>{t('front.document.compare')}</Text>
      {document.sha256 && <ForExperts view={view} sha256={document.sha256} address={address} />}
    </ResidentPage>
  )
}

const ValidityVerdict = ({ view, document }: { view: View; document: PublicDocument }) =>
  document.void_at ? (
    <Verdict tone="bad" title={view.t('front.document.void')}>
      <p>{view.t('front.document.void_text', { on: formatDay(dayOf(document.void_at), view.lang) })}</p>
    </Verdict>
  ) : (
    <Verdict tone="good" title={view.t('front.document.valid')}>
      <p>{view.t('front.document.valid_text')}</p>
    </Verdict>
  )

function DocumentFacts({ view, pack, document }: { view: View; pack: LoadedPack; document: PublicDocument }) {
  const { t, lang } = view
  const matter = pack.matters.find((one) => one.code === document.matter_code)
  return (
    <Card flush>
      <Facts
        facts={[
          { name: t('front.document.number'), value: document.number },
          { name: t('front.document.kind'), value: titleOf(view, pack, document) },
          { name: t('front.document.matter'), value: matter ? pick(matter.name, lang) : document.matter_code },
          { name: t('front.document.issuer'), value: document.issuer },
          { name: t('front.document.issued'), value: formatDay(dayOf(document.issued_at), lang) },
          {
            name: t('front.document.validity'),
            value: document.void_at ? t('front.document.is_void') : t('front.document.is_valid'),
          },
        ]}
      />
    </Card>
  )
}

const titleOf = (view: View, pack: LoadedPack, { kind }: PublicDocument): string => {
  const form = pack.pack.documents.kinds.find((one) => one.code === kind)
  return form ? pick(form.title, view.lang) : kind
}

/** Eight signs at a time, so that two people can read it to each other and a narrow screen can break it. */
const grouped = (hex: string): string => hex.match(/.{1,8}/g)?.join(' ') ?? hex

export const SIGNING_CERTIFICATE = '/signing-certificate.pem'

/** Only of a paper that was printed: before that there are no bytes to compare. */
const ForExperts = ({ view, sha256, address }: { view: View; sha256: Buffer; address: string }) => (
  <Details title={view.t('front.document.experts')}>
    <p class="govuk-body">
      SHA-256{view.t('ui.colon')}
      <code>{grouped(sha256.toString('hex'))}</code>
    </p>
    <p class="govuk-body">{view.t('front.document.experts_text')}</p>
    <ul class="k-links">
      <li>
        <Link href={`${new URL(address).pathname}/signature`}>{view.t('front.document.get_signature')}</Link>
      </li>
      <li>
        <Link href={`${new URL(address).pathname}/signing-key.pem`}>{view.t('front.document.get_key')}</Link>
      </li>
    </ul>
    <p class="govuk-body">
      <code>openssl pkeyutl -verify -rawin -pubin -inkey signing-key.pem -in a.pdf -sigfile a.sig</code>
    </p>
    <p class="govuk-body">{view.t('front.document.inside')}</p>
    <p class="govuk-body">
      <code>pdfsig a.pdf</code>
    </p>
    <ul class="k-links">
      <li>
        <Link href={SIGNING_CERTIFICATE}>{view.t('front.document.get_certificate')}</Link>
      </li>
    </ul>
  </Details>
)

/** The answer about bytes that were just given. It has no address: a link could say of any file that it is the right one. */
export function BytesPage({
  view,
  pack,
  checked,
  asked,
}: {
  view: View
  pack: LoadedPack
  checked: BytesChecked
  asked: string | null
}) {
  const { t } = view
  const { document, signatureValid, keyRetired } = checked
  const other = document !== null && asked !== null && document.id !== asked
  const [tone, says]: [Tone, string] =
    document === null
      ? ['bad', 'differs']
      : other
        ? ['warn', 'other']
        : document.void_at
          ? ['warn', 'same_void']
          : ['good', 'same']
  return (
    <ResidentPage
      view={view}
      title={t('front.bytes.title')}
      back={{ href: paths.checkDocument, label: t('front.document.form_title') }}
    >
      <PageHead title={t('front.bytes.title')} />
      <Verdict tone={tone} title={t(`front.bytes.${says}`)} live>
        <p>{t(`front.bytes.${says}_text`)}</p>
      </Verdict>
      {keyRetired && (
        <Verdict tone={document ? 'warn' : 'bad'} title={t('front.bytes.old_key')}>
          <p>
            {keyRetired.since
              ? t('front.bytes.old_key_since', { day: formatDay(dayOf(keyRetired.since), view.lang) })
              : t('front.bytes.old_key_once')}{' '}
            {t(document ? 'front.bytes.old_key_known' : 'front.bytes.old_key_unknown')}
          </p>
        </Verdict>
      )}
      {signatureValid !== null && !keyRetired && (
        <Verdict
          tone={signatureValid ? 'good' : 'bad'}
          title={t(signatureValid ? 'front.bytes.signed' : 'front.bytes.not_signed')}
        >
          <p>{t(signatureValid ? 'front.bytes.signed_text' : 'front.bytes.not_signed_text')}</p>
        </Verdict>
      )}
      {document && <DocumentFacts view={view} pack={pack} document={document} />}
      <Section id="fingerprint" title={t('front.bytes.fingerprint')}>
        <Text>
          <code>{grouped(checked.sha256)}</code>
        </Text>
      </Section>
      <Actions>
        <Button href={paths.checkDocument} kind="secondary">
          {t('front.bytes.another')}
        </Button>
      </Actions>
    </ResidentPage>
  )
}
