/** 窗口补正: what one notice asked for, answered and handed in by somebody who stands there. */
import { askedAtWindow, type CasePage } from '../../../../core/cases/index.ts'
import { ACCEPTED } from '../../../../core/documents/index.ts'
import { whenAsked } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import {
  Branches,
  Checkboxes,
  DeskHead,
  DeskPage,
  type Errors,
  FileField,
  Form,
  formatDate,
  TextArea,
} from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'
import type { Known } from '../person-facts.ts'
import { QuestionField } from './questions.tsx'

export interface CorrectionProps extends DeskShell {
  page: CasePage
  person: Known
  newKey: string
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

export function CorrectionPage({ page, person, newKey, typed = {}, errors, message, ...shell }: CorrectionProps) {
  const { view } = shell
  const { t, lang, today } = view
  const { found, matter, may } = page
  const { correction } = found.state
  const { questions, materials } = askedAtWindow(matter, correction?.missing ?? [])
  const given = new Set(page.materials.filter((m) => !m.withdrawnAt).map((m) => m.material))
  const back = `/desk/cases/${found.id}`
  const labels = {
    note: t('window.correction.note'),
    declared: t('window.correction.declared'),
    ...Object.fromEntries([
      ...materials.map((one) => [`file-${one.code}`, pick(one.name, lang)]),
      ...questions.flatMap(({ code, ask }) => [
        [code, pick(ask, lang)],
        [`${code}-says`, t('window.receive.confirm_says')],
        [`${code}-number`, t('window.receive.account_number')],
      ]),
    ]),
  }
  const errorsGiven = errors ? { errors } : {}
  return (
    <DeskPage {...shell} title={t('window.correction.title')} current="/desk/window" {...errorsGiven} labels={labels}>
      <DeskHead
        title={t('window.correction.title')}
        crumbs={[
          { href: '/desk', label: t('desk.nav.work') },
          { href: back, label: found.number },
        ]}
        note={`${pick(matter.name, lang)} · ${page.facts.name}`}
      />
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {may.answer_correction !== true || !correction ? (
        <DeskCard title={t('window.correction.title')}>
          <p>{t(typeof may.answer_correction === 'string' ? may.answer_correction : 'window.correction.none')}</p>
          <p class="k-actions">
            <DeskButton href={back}>{t('desk.act.to_case')}</DeskButton>
          </p>
        </DeskCard>
      ) : (
        <DeskCard
          title={t('window.correction.asked')}
          note={t('window.correction.by', { day: formatDate(correction.answerBy, lang, today) })}
        >
          <p>{correction.text}</p>
          <Form view={view} action={`/desk/window/cases/${found.id}/correction`} idempotencyKey={newKey} multipart>
            {materials.map((material) => (
              <FileField
                key={material.code}
                view={view}
                name={`file-${material.code}`}
                label={
                  given.has(material.code)
                    ? t('window.files.given', { name: pick(material.name, lang) })
                    : pick(material.name, lang)
                }
                hint={pick(material.accepts, lang)}
                accept={ACCEPTED}
                optional={given.has(material.code) || !correction.missing.includes(material.code)}
                {...errorsGiven}
              />
            ))}
            <Branches
              fields={questions.map((question) => ({
                when: whenAsked(t, lang, matter, question, questions),
                field: (
                  <QuestionField
                    key={question.code}
                    view={view}
                    question={question}
                    person={person}
                    materials={[]}
                    typed={typed}
                    {...errorsGiven}
                  />
                ),
              }))}
            />
            <TextArea
              view={view}
              name="note"
              label={t('window.correction.note')}
              hint={t('window.correction.note_hint')}
              value={typed.note ?? ''}
              rows={2}
              maxLength={2000}
              optional={questions.length + materials.length > 0}
              {...errorsGiven}
            />
            <Checkboxes
              view={view}
              name="declared"
              label={t('window.correction.declared')}
              values={typed.declared === 'yes' ? ['yes'] : []}
              options={[{ value: 'yes', label: t('window.correction.declared_yes') }]}
              {...(errors?.declared ? { error: errors.declared } : {})}
            />
            <Note>{t('window.correction.then')}</Note>
            <div class="k-actions">
              <DeskButton kind="primary">{t('window.correction.go')}</DeskButton>
              <DeskButton kind="quiet" href={back}>
                {t('desk.act.back')}
              </DeskButton>
            </div>
          </Form>
        </DeskCard>
      )}
    </DeskPage>
  )
}
