export {
  type Accepted,
  type MailProvider,
  type OutgoingMail,
  type OutgoingText,
  type Provider,
  ProviderFault,
  type TextProvider,
} from './provider.ts'
export type { MailSettings, OutboundSettings, SmsSettings } from './settings.ts'
export { SIGNATURE_HEADER, signed, TIMESTAMP_HEADER, verify } from './signature.ts'
export { createSmsGateway } from './sms-gateway.ts'
export { createSmtp } from './smtp.ts'
