import { askedFor, type OwnCase, type SentCase } from '../../../../core/cases/index.ts'
import { type LoadedPack, whenAsked } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Branches,
  Button,
  Card,
  type Errors,
  Form,
  formatDay,
  Inset,
  PageHead,
  ResidentPage,
  Text,
  Verdict,
  type View,
} from '../../../../ui/index.ts'
import type { Typed } from '../request.ts'
import { Answering } from './answering.tsx'
import { GivenFiles, MaterialField } from './files.tsx'

/** As many people as fit into the fields that a form with files may have. */
const ROWS = 6

/** What the notice asked for, and nothing besides. */
export const asked = ({ found, matter }: OwnCase | SentCase) => askedFor(matter, found.state.correction?.missing ?? [])

interface CorrectionProps {
  view: View
  own: OwnCase | SentCase
  /** Address of the case. */
  at: string
  /** Whose it is, for who acts for her. */
  name?: string
  pack: LoadedPack
  typed: Typed
  errors: Errors
  formKey: string
  megabytes: number
}

export function CorrectionPage({ view, own, at, name, pack, typed, errors, formKey, megabytes }: CorrectionProps) {
  const { t, lang, today } = view
  const { correction } = own.found.state
  const { questions, materials, others } = asked(own)
  const here = questions.length + materials.length > 0
  return (
    <ResidentPage view={view} title={t('own.correction.title')} back={{ href: at, label: t('own.back_to_case') }} errors={errors}>
      <PageHead
        title={t('own.correction.title')}
        caption={pick(own.matter.name, lang)}
        {...(correction ? { lead: t('own.correction.by', { day: formatDay(correction.answerBy, lang, today) }) } : {})}
      />
      {name !== undefined && <Inset>{t('own.correction.for_another', { name })}</Inset>}
      {correction && (
        <Verdict tone="warn" title={t('own.correction.said')}>
          <p>{correction.text}</p>
        </Verdict>
      )}
      <Form view={view} action={`${at}/correction`} idempotencyKey={formKey} multipart>
        {materials.map((material) => {
          const given = own.materials.filter((f) => f.material === material.code && !f.withdrawnAt)
          return (
            <Card key={material.code}>
              <h2>{pick(material.name, lang)}</h2>
              <GivenFiles view={view} files={given} closed={name !== undefined} />
              <MaterialField
                view={view}
                material={material}
                error={errors[`file-${material.code}`]}
                more={given.length > 0}
                megabytes={megabytes}
              />
            </Card>
          )
        })}
        <Branches
          fields={questions.map((question) => ({
            when: whenAsked(t, lang, own.matter, question, questions),
            field: (
              <Answering
                key={question.code}
                view={view}
                pack={pack}
                page={own}
                question={question}
                typed={typed}
                errors={errors}
                rows={ROWS}
                grows={false}
                {...(name !== undefined && { name })}
              />
            ),
          }))}
        />
        {others.map((material) => (
          <Text key={material.code}>
            {t('own.correction.at_window', { name: pick(material.name, lang), accepts: pick(material.accepts, lang) })}
          </Text>
        ))}
        <Text quiet>{t('own.correction.once')}</Text>
        {here ? (
          <Actions>
            <Button icon="send">{t('own.correction.send')}</Button>
          </Actions>
        ) : (
          <Text>{t('own.correction.nothing_here')}</Text>
        )}
      </Form>
    </ResidentPage>
  )
}
