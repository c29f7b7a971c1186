import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { FoundPage } from '../../../../core/outreach/index.ts'
import { Actions, Button, type Errors, Form, Section, SummaryCard, Text, type View } from '../../../../ui/index.ts'
import { factRows } from '../../apply/answers.tsx'
import { Answering } from '../../apply/pages/answering.tsx'
import type { Typed } from '../../apply/request.ts'

interface ConfirmProps {
  view: View
  pack: LoadedPack
  own: FoundPage
  action: string
  typed: Typed
  errors: Errors
  formKey: string
  /** Of the principal, for a proxy. */
  name?: string
}

/** The one page: what is on record with its source, what is left to ask, and one button that says what pressing it means. */
export function ConfirmForm({ view, pack, own, action, typed, errors, formKey, name }: ConfirmProps) {
  const { t } = view
  const { page, facts, idNumber, mark } = own
  if (typeof page === 'string') return null
  return (
    <Section
      id="confirm"
      title={page.asked.length > 0 ? t('found.page.title_ask', { n: page.asked.length }) : t('found.page.title')}
    >
      <Text>{t('found.page.lead')}</Text>
      <Form view={view} action={action} idempotencyKey={formKey}>
        <input type="hidden" name="mark" value={mark} />
        <SummaryCard level={3} title={t('found.page.we_know')} facts={factRows(view, pack, page.shown, facts, idNumber)} />
        {page.asked.map((question) => (
          <Answering
            key={question.code}
            view={view}
            pack={pack}
            page={{ facts, idNumber }}
            question={question}
            typed={typed}
            errors={errors}
            rows={0}
          />
        ))}
        <Text>{name ? t('found.proxy.means', { name }) : t('found.page.means')}</Text>
        <Actions>
          <Button icon="send">{name ? t('found.proxy.button', { name }) : t('found.page.button')}</Button>
        </Actions>
      </Form>
    </Section>
  )
}
