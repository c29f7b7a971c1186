/** The case that the window has just opened: its number, its papers, and what can be done at once. */
import { type CasePage, plainText } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Datagrid,
  DeskButton,
  DeskCard,
  DeskChecks,
  DeskTag,
  DocumentList,
  Lines,
  Note,
  StepBar,
  Two,
} from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  type Errors,
  FileField,
  Form,
  formatDate,
  Radios,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { Conditions } from '../../desk/pages/conditions.tsx'
import { Without, withoutLabels } from '../../desk/pages/without.tsx'
import type { DeskShell } from '../../desk/shell.ts'
import { steps } from './receive.tsx'

export interface ReceiptProps extends DeskShell {
  page: CasePage
  pack: LoadedPack
  newKey: string
  mayAddFiles: boolean
  /** Names of the files that have just come in. */
  added: readonly string[]
  /** Who took it is said, and the page asks once before it is delivered and closed. */
  handsOver?: boolean
  typed?: Record<string, string>
  errors?: Errors
  message?: string
}

export function ReceiptPage(props: ReceiptProps) {
  const { page, pack, message, errors, newKey, mayAddFiles, added, handsOver, typed, ...shell } = props
  const { view } = shell
  const { t, lang } = view
  const { found, matter, documents } = page
  const name = pick(matter.name, lang)
  const titleOf = (kind: string) =>
    pick(pack.pack.documents.kinds.find((k) => k.code === kind)?.title ?? { zh: kind, en: kind }, lang)
  return (
    <DeskPage
      {...shell}
      title={t('window.case.title', { number: found.number })}
      current="/desk/window"
      {...(errors ? { errors } : {})}
      labels={{
        reasons: t('window.registration.reasons'),
        taker: t('window.handed.taker'),
        takerName: t('window.handed.name'),
        ...withoutLabels(view, page.missing),
        ...Object.fromEntries(matter.materials.map((one) => [`file-${one.code}`, pick(one.name, lang)])),
      }}
    >
      <DeskHead
        title={t('window.case.title', { number: found.number })}
        crumbs={[
          { href: '/desk/window', label: t('window.start.title') },
          { href: `/desk/people/${found.applicantId}?for=window-service`, label: page.facts.name },
        ]}
        note={name}
      >
        <DeskTag tone={found.state.status === 'received' ? 'info' : 'good'}>{t(`case.status.${found.state.status}`)}</DeskTag>
      </DeskHead>
      <StepBar view={view} steps={steps(t)} at={3} />
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {added.length > 0 && (
        <Note tone="good" live>
          {t('desk.done.file', { names: added.join(t('desk.join')) })}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('window.case.next')}>
            {page.may.answer_correction === true && (
              <p>
                <a href={`/desk/window/cases/${found.id}/correction`}>{t('desk.case.correction_here')}</a>
              </p>
            )}
            <p>
              <a href={`/desk/cases/${found.id}`}>{t('window.case.open')}</a>
            </p>
            <p>
              <a href={`/desk/people/${found.applicantId}?for=window-service`}>{t('window.case.same_person')}</a>
            </p>
            <p>
              <a href="/desk/window">{t('window.case.next_person')}</a>
            </p>
          </DeskCard>
        }
      >
        <DeskCard title={t('window.case.documents')} note={t('window.case.print')} flush>
          <DocumentList
            documents={documents.map((one) => ({
              title: titleOf(one.kind),
              number: one.number,
              href: `/documents/${one.id}`,
              open: t('window.case.pdf'),
            }))}
          />
        </DeskCard>
        {handsOver && <HandOverAsked {...props} />}
        {mayAddFiles && page.missing.length > 0 && <Files {...props} />}
        {page.may.register !== undefined ? (
          <Register {...props} />
        ) : (
          page.checked.lines.length > 0 && <Conditions view={view} page={page} pack={pack} />
        )}
        {page.may.deliver !== undefined && !handsOver && <HandOver {...props} />}
        {mayAddFiles && page.missing.length === 0 && <Files {...props} />}
        <DeskCard title={t('window.case.facts')}>
          <Datagrid
            facts={[
              { name: t('window.fact.name'), value: page.facts.name },
              { name: t('window.fact.id_number'), value: page.idNumber ?? t('window.fact.unknown') },
              { name: t('window.case.matter'), value: name },
              { name: t('window.case.received'), value: formatDate(dayOf(found.receivedAt), lang, view.today) },
              ...(found.state.dueAt
                ? [{ name: t('window.case.due'), value: formatDate(dayOf(found.state.dueAt), lang, view.today) }]
                : []),
            ]}
          />
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

/** 当场登记: the conditions as they stand, one button, and the certificate is there. */
function Register({ page, pack, newKey, view, typed = {}, errors }: ReceiptProps) {
  const { t, lang } = view
  const may = page.may.register
  const unmet = page.checked.lines.some((line) => line.result === 'not_met')
  return (
    <>
      <DeskCard title={t('window.registration.conditions')} flush>
        <DeskChecks
          view={view}
          checks={page.checked.lines.map(({ rule, result }) => {
            const { text, basis } = pack.rule(rule)
            return {
              state: result,
              name: pick(text, lang),
              clause: pick(pack.pack.bases.find((b) => b.code === basis.document)?.title ?? { zh: '', en: '' }, lang),
            }
          })}
        />
      </DeskCard>
      <DeskCard title={t('window.registration.title')} raised>
        <Form view={view} action={`/desk/window/cases/${page.found.id}/registration`} idempotencyKey={newKey}>
          <Without view={view} page={page} body={typed} {...(errors ? { errors } : {})} />
          <TextArea
            view={view}
            name="reasons"
            label={t('window.registration.reasons')}
            hint={t(unmet ? 'window.registration.reasons_unmet' : 'window.registration.reasons_hint')}
            value={typed.reasons ?? ''}
            rows={2}
            optional={!unmet}
            {...(errors ? { errors } : {})}
          />
          <div class="k-actions">
            <DeskButton kind="primary" {...(typeof may === 'string' ? { disabledBecause: t(may) } : {})}>
              {t('window.registration.go')}
            </DeskButton>
          </div>
        </Form>
      </DeskCard>
    </>
  )
}

/** The certificate is handed over: who took it goes into the delivery slip. */
function HandOver({ page, newKey, view, typed = {}, errors }: ReceiptProps) {
  const { t } = view
  const may = page.may.deliver
  const given = errors ? { errors } : {}
  return (
    <DeskCard title={t('window.handed.title')} raised>
      <Form view={view} action={`/desk/window/cases/${page.found.id}/hand-over`} idempotencyKey={newKey}>
        <Radios
          view={view}
          name="taker"
          label={t('window.handed.taker')}
          value={typed.taker ?? ''}
          {...given}
          options={[
            { value: 'self', label: t('window.handed.self') },
            {
              value: 'other',
              label: t('window.handed.other'),
              more: (
                <TextField
                  view={view}
                  name="takerName"
                  label={t('window.handed.name')}
                  value={typed.takerName ?? ''}
                  maxLength={50}
                  {...given}
                />
              ),
            },
          ]}
        />
        <div class="k-actions">
          <DeskButton kind="primary" {...(typeof may === 'string' ? { disabledBecause: t(may) } : {})}>
            {t('window.handed.go')}
          </DeskButton>
        </div>
      </Form>
    </DeskCard>
  )
}

/** What one press does: the certificate is out of the house, and the case is closed. */
function HandOverAsked({ page, newKey, view, typed = {} }: ReceiptProps) {
  const { t } = view
  const to = typed.taker === 'self' ? t('window.handed.self') : plainText(typed.takerName)
  return (
    <DeskCard title={t('window.handed.title')} raised>
      <Lines
        items={[
          { name: t('window.handed.to'), value: <b>{to}</b> },
          { name: t('window.handed.slip'), value: t('window.handed.slip_made') },
          { name: t('window.handed.then'), value: t('window.handed.closed') },
        ]}
      />
      <Form view={view} action={`/desk/window/cases/${page.found.id}/hand-over`} idempotencyKey={newKey}>
        {Object.entries({ ...typed, sure: 'yes' }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="k-actions">
          <DeskButton kind="primary" focused>
            {t('window.handed.sure')}
          </DeskButton>
          <DeskButton name="again" value="yes">
            {t('desk.act.again')}
          </DeskButton>
        </div>
      </Form>
    </DeskCard>
  )
}

/** Papers that the person has brought: photographed and added while the case waits for acceptance. */
function Files({ page, newKey, view, errors }: ReceiptProps) {
  const { t, lang } = view
  const sought = new Set(page.missing.filter((m) => m.source === 'shared').map((m) => m.code))
  const wanted = page.matter.materials.filter((m) => m.source === 'upload' || sought.has(m.code))
  const given = new Set(page.materials.map((m) => m.material))
  return (
    <DeskCard title={t('window.files.title')} note={t('window.files.note')}>
      <Form view={view} action={`/desk/window/cases/${page.found.id}/files`} idempotencyKey={newKey} multipart>
        {wanted.map((material) => (
          <FileField
            key={material.code}
            view={view}
            name={`file-${material.code}`}
            label={
              given.has(material.code) ? t('window.files.given', { name: pick(material.name, lang) }) : pick(material.name, lang)
            }
            hint={pick(material.accepts, lang)}
            accept="image/*,application/pdf"
            optional={!material.required}
            {...(errors ? { errors } : {})}
          />
        ))}
        <div class="k-actions">
          <DeskButton>{t('window.files.go')}</DeskButton>
        </div>
      </Form>
    </DeskCard>
  )
}
