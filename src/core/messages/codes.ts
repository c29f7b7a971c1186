/** Codes of sign-in over what carries messages: the same gateway, at any hour. */
import type { CodeProvider } from '../../platform/accounts/index.ts'
import { newPublicId } from '../../platform/id.ts'
import type { MailProvider, TextProvider } from '../../platform/outbound/index.ts'
import type { Words } from '../../platform/words.ts'

export const codesByText = (texts: TextProvider, words: Words): CodeProvider => ({
  available: true,
  async send(to, code) {
    const text = words.in('zh')('outside.code', { code })
    await texts.send({ to, text, reference: newPublicId(), template: 'code', params: { code } })
  },
  async tell(to, text) {
    await texts.send({ to, text, reference: newPublicId(), template: 'notice', params: { text } })
  },
})

export const codesByMail = (mails: MailProvider, words: Words): CodeProvider => {
  const [zh, en] = [words.in('zh'), words.in('en')]
  const subject = (key: string) => `${zh(key)} · ${en(key)}`
  return {
    available: true,
    async send(to, code) {
      const text = `${zh('outside.email_code', { code })}\n\n${en('outside.email_code', { code })}\n`
      await mails.send({ to, subject: subject('outside.email_code_subject'), text, reference: newPublicId() })
    },
    async tell(to, text) {
      await mails.send({ to, subject: subject('outside.subject'), text: `${text}\n`, reference: newPublicId() })
    },
  }
}
