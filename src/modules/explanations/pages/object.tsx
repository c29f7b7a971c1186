import type { CaseWhy } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import {
  Actions,
  Button,
  Card,
  type Errors,
  Facts,
  Form,
  PageHead,
  ResidentPage,
  Text,
  TextArea,
  type View,
} from '../../../ui/index.ts'
import { objectedLine } from '../objected-line.ts'

interface ObjectProps {
  view: View
  pack: LoadedPack
  why: CaseWhy
  line: NonNullable<CaseWhy['objection']>['line']
  /** `rule/line`: where the form is sent to. */
  at: string
  words: string
  errors: Errors
  newKey: string
}

/** One line, what is wrong with it, and what becomes of it. */
export function ObjectPage({ view, pack, why, line, at, words, errors, newKey }: ObjectProps) {
  const { t } = view
  const back = `/me/cases/${why.caseId}/why`
  return (
    <ResidentPage
      view={view}
      title={t('explanations.line.object')}
      back={{ href: back, label: t('explanations.own.title') }}
      errors={errors}
    >
      <PageHead title={t('explanations.line.object')} lead={t('explanations.line.lead')} />
      <Card>
        <Facts facts={objectedLine({ view, pack, objection: { line, words: '' }, who: 'you' })} />
      </Card>
      <Form view={view} action={`${back}/${at}/objection`} idempotencyKey={newKey}>
        <TextArea
          view={view}
          name="words"
          label={t('explanations.line.words_ask')}
          hint={t('explanations.line.words_hint')}
          maxLength={2000}
          value={words}
          errors={errors}
        />
        <Text quiet>{t('explanations.line.goes_on')}</Text>
        <Actions>
          <Button>{t('explanations.line.send')}</Button>
          <Button kind="secondary" href={back}>
            {t('explanations.line.back')}
          </Button>
        </Actions>
      </Form>
    </ResidentPage>
  )
}
