/** What carries a message out of the house. The core says what and to whom; whoever implements these knows nothing of either. */

export interface OutgoingText {
  /** National number without country code. */
  to: string
  text: string
  /** Of this message and no other: the same one twice is one message. */
  reference: string
  /** Name of the text; a gateway whose operator approves texts beforehand sends its own by that name. */
  template: string
  params: Readonly<Record<string, string | number>>
}

export interface OutgoingMail {
  to: string
  subject: string
  text: string
  /** Becomes the Message-ID. */
  reference: string
}

export interface Accepted {
  /** The provider's own name for it. */
  accepted: string
}

/** @throws ProviderFault */
export interface Provider<Outgoing> {
  /** A reference that was handed over before is not delivered once more: what is unclear may be sent again. */
  readonly honoursReferences: boolean
  send(outgoing: Outgoing): Promise<Accepted>
  close?(): void
}
export type TextProvider = Provider<OutgoingText>
export type MailProvider = Provider<OutgoingMail>

/** What went wrong at a hand-over. `code` is kept and logged: it never holds an address or a text. */
export class ProviderFault extends Error {
  readonly code: string
  /** To this address it will never go. */
  readonly permanent: boolean
  /** Nobody has this address. */
  readonly nobody: boolean
  /** It may have been taken all the same. */
  readonly unclear: boolean
  /** Nobody would be served just now: the fault is not the address's. */
  readonly away: boolean
  constructor(
    code: string,
    is: { permanent?: boolean; nobody?: boolean; unclear?: boolean; away?: boolean },
    options?: ErrorOptions,
  ) {
    super(`the provider did not take it: ${code}`, options)
    this.name = 'ProviderFault'
    this.code = code
    this.permanent = is.permanent ?? false
    this.nobody = is.nobody ?? false
    this.unclear = is.unclear ?? false
    this.away = is.away ?? false
  }
}
