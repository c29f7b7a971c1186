import { ACCEPTED, type MaterialRow } from '../../../../core/documents/index.ts'
import type { Material } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Card, FileField, Form, Link, type View } from '../../../../ui/index.ts'
import type { QuestionProps } from './question.tsx'

/** Photos and PDF, material by material: given at once, one by one; going on is a button of its own. */
export function Files({ view, page, question, errors, formKey, megabytes, here }: QuestionProps & { here: string }) {
  const { t, lang } = view
  const materials = page.draft.matter.materials.filter((m) => question.materials?.includes(m.code))
  return (
    <div class="k-form">
      <div>
        <h1 class="govuk-heading-l">{pick(question.ask, lang)}</h1>
        {question.hint && <p class="k-lead">{pick(question.hint, lang)}</p>}
      </div>
      {materials.map((material) => {
        const given = page.materials.filter((f) => f.material === material.code)
        return (
          <Card key={material.code}>
            <h2>{pick(material.name, lang)}</h2>
            <GivenFiles view={view} files={given} remove={(file) => `${here}/files/${file.id}/removal`} formKey={formKey} />
            <Form view={view} action={`${here}/files/${material.code}`} idempotencyKey={formKey} multipart>
              <MaterialField
                view={view}
                material={material}
                error={errors[`file-${material.code}`]}
                more={given.length > 0}
                megabytes={megabytes}
              />
              <Button kind="secondary" icon="upload">
                {t('apply.file.upload')}
              </Button>
            </Form>
          </Card>
        )
      })}
      <Form view={view} action={here} idempotencyKey={formKey}>
        <Actions>
          <Button>{t('apply.go_on')}</Button>
        </Actions>
      </Form>
    </div>
  )
}

export const MaterialField = ({
  view,
  material,
  error,
  more,
  megabytes,
}: {
  view: View
  material: Material
  error: string | undefined
  more: boolean
  megabytes: number
}) => (
  <FileField
    view={view}
    name={`file-${material.code}`}
    label={view.t(more ? 'apply.file.choose_more' : 'apply.file.choose', { name: pick(material.name, view.lang) })}
    hint={view.t('apply.file.hint', { accepts: pick(material.accepts, view.lang), megabytes })}
    accept={ACCEPTED}
    multiple
    {...(error ? { error } : {})}
  />
)

interface GivenProps {
  view: View
  files: readonly MaterialRow[]
  /** Where a file is taken back; not given after sending, when it can only be withdrawn with a mark. */
  remove?: (file: MaterialRow) => string
  formKey?: string
}

/** What was given already. A photo opens as the copy that an officer will see. */
export const GivenFiles = ({ view, files, remove, formKey }: GivenProps) =>
  files.length === 0 ? null : (
    <ul class="k-links">
      {files.map((file) => (
        <li key={file.id} class="k-foot-row">
          <Link href={`/files/${file.shownId ?? file.fileId}`}>{file.name}</Link>
          {remove && (
            <Form view={view} action={remove(file)} {...(formKey ? { idempotencyKey: formKey } : {})} class="k-inline-form">
              <Button kind="danger" small>
                {view.t('apply.file.remove')}
                <span class="govuk-visually-hidden"> {file.name}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
