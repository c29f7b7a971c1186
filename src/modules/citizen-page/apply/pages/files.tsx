import { ACCEPTED, type MaterialRow } from '../../../../core/documents/index.ts'
import type { Material } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Actions, Button, Card, FileField, Form, fileHref, Link, type View } from '../../../../ui/index.ts'
import type { QuestionProps } from './question.tsx'

/**
 * Photos and PDF, material by material. One form: a file that was chosen comes along with whatever button is pressed, since
 * people choose a photo and go on without looking for “upload”.
 */
export function Files({
  view,
  way,
  page,
  question,
  errors,
  formKey,
  megabytes,
  here,
  lead = question.hint && pick(question.hint, view.lang),
}: QuestionProps & { here: string; lead?: string | undefined }) {
  const { t, lang } = view
  const materials = page.draft.matter.materials.filter((m) => question.materials?.includes(m.code))
  const givenOf = (code: string) => page.materials.filter((f) => f.material === code)
  return (
    <div class="k-form">
      <div>
        <h1 class="govuk-heading-l">{pick(question.ask, lang)}</h1>
        {lead && <p class="k-lead">{lead}</p>}
      </div>
      {materials
        .filter(({ code }) => givenOf(code).length > 0)
        .map(({ code, name }) => (
          <Card key={code}>
            <h2>{t('apply.file.given', { name: pick(name, lang) })}</h2>
            <GivenFiles
              view={view}
              files={givenOf(code)}
              closed={way.name !== undefined}
              remove={(file) => `${here}/files/${file.id}/removal`}
              formKey={formKey}
            />
          </Card>
        ))}
      <Form view={view} action={here} idempotencyKey={formKey} multipart>
        {materials.map((material) => (
          <Card key={material.code}>
            <MaterialField
              view={view}
              material={material}
              error={errors[`file-${material.code}`]}
              more={givenOf(material.code).length > 0}
              megabytes={megabytes}
            />
            <Actions>
              <Button kind="secondary" icon="upload" action={`${here}/files/${material.code}`}>
                {t('apply.file.upload')}
              </Button>
            </Actions>
          </Card>
        ))}
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
  /** Of somebody else whom one acts for: named, and not opened here. */
  closed?: boolean
  /** Where a file is taken back; not given after sending, when it can only be withdrawn with a mark. */
  remove?: (file: MaterialRow) => string
  formKey?: string
}

/** The name of a file, before it the small picture of a photo. One's own: an officer sees none, since each would be a read that she did not make. */
export const FileLink = ({ file }: { file: MaterialRow }) => (
  <Link href={fileHref(file)}>
    {file.preview && <img class="k-preview" src={`/files/${file.fileId}/preview`} alt="" {...file.preview} loading="lazy" />}
    {file.name}
  </Link>
)

/** What was given already. A photo opens as the copy that an officer will see. */
export const GivenFiles = ({ view, files, closed, remove, formKey }: GivenProps) =>
  files.length === 0 ? null : (
    <ul class="k-links">
      {files.map((file) => (
        <li key={file.id} class="k-foot-row">
          {closed ? file.name : <FileLink file={file} />}
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
