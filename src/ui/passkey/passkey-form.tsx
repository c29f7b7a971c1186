import type { View } from '../view.ts'

export interface PasskeyFormProps {
  view: View
  action: string
  /** `create` makes a passkey on this device, `get` asks for one. */
  kind: 'create' | 'get'
  /** What the server made for the browser (WebAuthn, as JSON). */
  options: object
  label: string
  /** The class of a button where this form stands: residents' pages and the desk differ. */
  look: string
  /** Hidden fields that go along. */
  fields?: Readonly<Record<string, string | undefined>>
  /** When the page is open under an address that passkeys do not work at: the one that they do. */
  elsewhere?: string | null
}

/** A form whose answer the device gives: fingerprint, face or a key. Without script it says so, and shows no button. */
export function PasskeyForm({ view, action, kind, options, label, look, fields = {}, elsewhere }: PasskeyFormProps) {
  const { t } = view
  if (elsewhere)
    return (
      <p class="k-quiet">
        {t('ui.passkey.elsewhere')} <a href={elsewhere}>{elsewhere}</a>
      </p>
    )
  return (
    <form
      method="post"
      action={action}
      class="k-form"
      data-passkey={kind}
      data-options={JSON.stringify(options)}
      data-failed={t('ui.passkey.failed')}
      data-unsupported={t('ui.passkey.unsupported')}
    >
      <input type="hidden" name="_csrf" value={view.csrf} />
      {Object.entries(fields).map(
        ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <input type="hidden" name="response" value="" />
      <button class={look} type="submit" hidden>
        {label}
      </button>
      <p class="k-quiet" data-said role="status" />
      <noscript>
        <p class="k-quiet">{t('ui.passkey.no_script')}</p>
      </noscript>
      <script type="module" src={view.assets.passkeyJs} />
    </form>
  )
}
