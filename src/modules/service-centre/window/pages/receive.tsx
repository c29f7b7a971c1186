/** All questions of a matter on one page, asked at the window for the person who stands there. */
import { type Matter, whenAsked } from '../../../../core/matters/index.ts'
import type { PersonPage } from '../../../../core/people/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note, StepBar } from '../../../../ui/desk/index.ts'
import { Branches, DeskHead, DeskPage, type Errors, Form } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'
import { QuestionField } from './questions.tsx'

export interface ReceiveProps extends DeskShell {
  person: PersonPage
  matter: Matter
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

export const steps = (t: DeskShell['view']['t']): string[] =>
  ['who', 'matter', 'papers', 'receipt'].map((step) => t(`window.steps.${step}`))

export function ReceivePage({ person, matter, newKey, typed = {}, errors, message, ...shell }: ReceiveProps) {
  const { view } = shell
  const { t, lang } = view
  const back = `/desk/people/${person.personId}`
  const nameOf = (code: string) => {
    const material = matter.materials.find((m) => m.code === code)
    return material ? pick(material.name, lang) : code
  }
  const labels = Object.fromEntries(
    matter.questions.flatMap(({ code, ask }) => [
      [code, pick(ask, lang)],
      [`${code}-says`, t('window.receive.confirm_says')],
      [`${code}-number`, t('window.receive.account_number')],
    ]),
  )
  return (
    <DeskPage {...shell} title={pick(matter.name, lang)} current="/desk/window" {...(errors ? { errors } : {})} labels={labels}>
      <DeskHead
        title={pick(matter.name, lang)}
        crumbs={[
          { href: '/desk/window', label: t('window.start.title') },
          { href: `${back}?for=window-service`, label: person.facts.name },
        ]}
        note={pick(matter.who, lang)}
      />
      <StepBar view={view} steps={steps(t)} at={2} />
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      <DeskCard
        title={t('window.receive.title')}
        note={t(matter.questions.some((q) => q.asked_when) ? 'window.receive.note_branches' : 'window.receive.note')}
      >
        <Form view={view} action={`${back}/matters/${matter.code}`} idempotencyKey={newKey}>
          <Branches
            fields={matter.questions.map((question) => ({
              when: whenAsked(t, lang, matter, question),
              field: (
                <QuestionField
                  key={question.code}
                  view={view}
                  question={question}
                  person={person}
                  materials={(question.materials ?? []).map(nameOf)}
                  typed={typed}
                  {...(errors ? { errors } : {})}
                />
              ),
            }))}
          />
          <div class="k-actions">
            <DeskButton kind="primary">{t('window.receive.go')}</DeskButton>
          </div>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
