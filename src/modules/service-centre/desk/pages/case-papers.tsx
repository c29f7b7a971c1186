import { agreedBy, asksHousehold, type CasePage, materialsNotAsked } from '../../../../core/cases/index.ts'
import { ACCEPTED } from '../../../../core/documents/index.ts'
import type { LoadedPack, Material } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskTag, DocumentList, Note, Table } from '../../../../ui/desk/index.ts'
import {
  type Errors,
  FileField,
  Form,
  fileHref,
  formatShortDateTime,
  formatShortDay,
  Select,
  type Tone,
  type View,
} from '../../../../ui/index.ts'

interface Line {
  key: string
  name: string
  source: string
  taken: string
  status: string
  tone: Tone
  href?: string
}

/** Whose word there is to the check: of everybody, or of her alone and how; null while one is open. */
function agreedKey({ matter, members, ownWord }: CasePage): string | null {
  const agreed = agreedBy(matter, members, ownWord)
  if (agreed !== 'applicant') return agreed
  return ownWord !== 'applying' ? ownWord : asksHousehold(matter) ? 'applicant' : 'herself'
}

function linesOf({ t, lang, today }: View, page: CasePage): Line[] {
  const { matter, answers, materials, found, missing, ownWord } = page
  const agreed = agreedKey(page)
  const notAsked = materialsNotAsked(matter, answers)
  return matter.materials.flatMap((material): Line[] => {
    const name = pick(material.name, lang)
    const files = materials.filter((file) => file.material === material.code)
    if (files.length > 0)
      return files.map((file) => ({
        key: file.id,
        name,
        source: t(`desk.material.source.${material.source}`),
        taken: formatShortDateTime(new Date(file.addedAt), today),
        ...(file.withdrawnAt
          ? { status: t('desk.material.withdrawn'), tone: 'hold' as const }
          : { status: t('desk.material.given'), tone: 'good' as const, href: fileHref(file) }),
      }))
    if (notAsked.has(material.code))
      return [
        {
          key: material.code,
          name,
          source: t(`desk.material.source.${material.source}`),
          taken: '',
          status: t('desk.material.not_asked'),
          tone: 'plain' as const,
        },
      ]
    const sought = material.source === 'shared' && missing.some(({ code }) => code === material.code)
    const shared = (material.source === 'shared' && !sought) || material.source === 'form'
    return [
      {
        key: material.code,
        name,
        source: t(`desk.material.source.${material.source}`),
        taken: shared ? formatShortDay(dayOf(found.receivedAt), today) : '',
        ...(sought
          ? { status: t('desk.material.not_on_record'), tone: material.required ? ('warn' as const) : ('plain' as const) }
          : shared
            ? { status: t('desk.material.not_needed'), tone: 'plain' as const }
            : material.signed && agreed
              ? { status: t(`desk.material.authorised.${agreed}`), tone: 'good' as const }
              : material.signed && ownWord === null
                ? { status: t('desk.material.own_word_open'), tone: 'warn' as const }
                : material.required
                  ? { status: t('desk.material.missing'), tone: 'warn' as const }
                  : { status: t('desk.material.none'), tone: 'plain' as const }),
      },
    ]
  })
}

export interface MaterialsProps {
  view: View
  page: CasePage
  pack: LoadedPack
  newKey: string
  /** The officer may add what she has as paper. */
  mayAdd: boolean
  typed?: string
  errors?: Errors
}

/** None is on record: that is no “not needed”, and no “she has none” either. */
const soughtText = ({ t, lang }: View, pack: LoadedPack, { name, required, obtain }: Material, mayAsk: boolean): string =>
  t('desk.material.sought', {
    name: pick(name, lang),
    required: required ? 'yes' : 'no',
    asking: mayAsk ? 'yes' : 'no',
    apply: obtain ? pick(pack.matter(obtain).name, lang) : 'none',
  })

export function Materials({ view, page, pack, newKey, mayAdd, typed, errors }: MaterialsProps) {
  const { t, lang } = view
  const sought = page.missing.filter((m) => m.source === 'shared')
  // Accepted, nothing more may be asked for.
  const mayAsk = ['received', 'correcting'].includes(page.found.state.status)
  const addable = page.matter.materials.filter((m) => m.source === 'upload' || m.source === 'officer' || m.register !== undefined)
  return (
    <DeskCard title={t('desk.case.materials')} flush>
      <Table
        caption={t('desk.case.materials')}
        rows={linesOf(view, page)}
        keyOf={(line) => line.key}
        columns={[
          { title: t('desk.material.name'), cell: (line) => line.name },
          { title: t('desk.material.from'), quiet: true, cell: (line) => line.source },
          { title: t('desk.material.taken'), quiet: true, cell: (line) => <span class="num">{line.taken}</span> },
          { title: t('desk.material.status'), cell: (line) => <DeskTag tone={line.tone}>{line.status}</DeskTag> },
          {
            title: t('desk.work.open'),
            silent: true,
            right: true,
            cell: (line) =>
              line.href && (
                <DeskButton small href={line.href}>
                  {t('desk.material.view')}
                  <span class="govuk-visually-hidden"> {line.name}</span>
                </DeskButton>
              ),
          },
        ]}
      />
      {sought.map((material) => (
        <div class="card-body" key={material.code}>
          <Note tone={material.required ? 'warn' : 'info'}>{soughtText(view, pack, material, mayAsk)}</Note>
        </div>
      ))}
      {mayAdd && addable.length > 0 && (
        <details class="card-body" open={Boolean(errors?.file)}>
          <summary>{t('desk.material.add')}</summary>
          <Form view={view} action={`/desk/cases/${page.found.id}/files`} idempotencyKey={newKey} multipart>
            <Select
              view={view}
              name="material"
              label={t('desk.material.which')}
              value={typed}
              options={addable.map((m) => ({ value: m.code, label: pick(m.name, lang) }))}
            />
            <FileField
              view={view}
              name="file"
              label={t('desk.material.file')}
              hint={t('desk.material.file_hint')}
              accept={ACCEPTED}
              {...(errors ? { errors } : {})}
            />
            <DeskButton>{t('desk.material.add_button')}</DeskButton>
          </Form>
        </details>
      )}
    </DeskCard>
  )
}

/** Documents that exist, each to be opened and printed. */
export function Documents({ view, page, pack }: { view: View; page: CasePage; pack: LoadedPack }) {
  const { t } = view
  const documents = page.documents.map((one) => ({
    title: titleOf(pack, one.kind, view),
    number: one.number,
    ...(one.voidAt ? { note: t(one.voidWhy === 'superseded' ? 'desk.document.superseded' : 'desk.document.void') } : {}),
    ...(one.voidAt && one.voidWhy !== 'superseded' ? {} : { href: `/documents/${one.id}`, open: t('desk.document.open') }),
  }))
  const decided = ['decided', 'closed', 'not_accepted', 'withdrawn'].includes(page.found.state.status)
  return (
    <DeskCard title={t('desk.case.documents')} flush>
      <DocumentList
        documents={[...documents, ...(decided ? [] : [{ title: t('desk.document.decision'), note: t('desk.document.later') }])]}
      />
    </DeskCard>
  )
}

/** What the files are called that have just come in; ids that are not of this case name nothing. */
export const namesOf = ({ materials }: Pick<CasePage, 'materials'>, added: string): string[] =>
  materials.filter(({ id }) => added.split(',').includes(id)).map(({ name }) => name)

export const titleOf = (pack: LoadedPack, kind: string, { lang }: View): string => {
  const title = pack.pack.documents.kinds.find((k) => k.code === kind)?.title
  return title ? pick(title, lang) : kind
}
