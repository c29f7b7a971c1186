/** Somebody stands at the window: first the card, then the name. */
import type { Hit } from '../../../../core/people/index.ts'
import { DeskButton, DeskCard, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Errors, Form, TextField } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

export interface StartProps extends DeskShell {
  errors?: Errors
  typed?: Record<string, string>
  /** What a search by name found; undefined before any. */
  found?: { part: string; hits: readonly Hit[]; more: boolean }
  mayRegister: boolean
  /** Opened from the menu as the window or as the people on record: the same search under the name that was pressed. */
  at: 'window' | 'people'
}

export function StartPage({ errors, typed = {}, found, mayRegister, at, ...shell }: StartProps) {
  const { view } = shell
  const { t } = view
  const title = t(`desk.nav.${at}`)
  const labels = { part: t('window.start.part'), idNumber: t('window.start.id_number') }
  return (
    <DeskPage {...shell} title={title} {...(errors ? { errors } : {})} labels={labels}>
      <DeskHead title={title} note={t(`window.start.note_${at}`)} />
      <Two
        side={
          <DeskCard title={t('window.start.by_name')}>
            <form class="k-form" method="get" action="/desk/people">
              <TextField
                view={view}
                name="part"
                label={labels.part}
                hint={t('window.start.part_hint')}
                value={typed.part ?? found?.part ?? ''}
                errors={errors}
                autocomplete="off"
              />
              <div class="k-actions">
                <DeskButton>{t('window.start.search')}</DeskButton>
              </div>
            </form>
          </DeskCard>
        }
      >
        <DeskCard title={t('window.start.by_card')} raised>
          <p>{t('window.start.by_card_note')}</p>
          <Form view={view} action="/desk/window">
            <TextField
              view={view}
              name="idNumber"
              label={labels.idNumber}
              hint={t('window.start.id_hint')}
              value={typed.idNumber ?? ''}
              errors={errors}
              autocomplete="off"
              width="half"
              spellcheck={false}
            />
            <div class="k-actions">
              <DeskButton kind="primary">{t('window.start.find')}</DeskButton>
              {mayRegister && <DeskButton href="/desk/window/register">{t('window.start.register')}</DeskButton>}
            </div>
          </Form>
        </DeskCard>
        {found && <Hits {...shell} found={found} />}
      </Two>
    </DeskPage>
  )
}

function Hits({ view, found }: DeskShell & { found: NonNullable<StartProps['found']> }) {
  const { t } = view
  if (found.hits.length === 0) return <Note live>{t('window.start.nobody', { part: found.part })}</Note>
  return (
    <DeskCard
      title={t('window.start.found', { n: found.hits.length })}
      note={found.more ? t('window.start.more') : t('window.start.masked')}
      flush
    >
      <Table
        caption={t('window.start.found', { n: found.hits.length })}
        rows={found.hits}
        keyOf={(hit) => hit.personId}
        keys
        columns={[
          { title: t('window.fact.name'), cell: (hit) => <a href={`/desk/people/${hit.personId}`}>{hit.shownName}</a> },
          { title: t('window.start.born'), cell: (hit) => hit.bornYear ?? '—' },
          { title: t('window.start.area'), cell: (hit) => hit.areaName || '—' },
        ]}
      />
    </DeskCard>
  )
}
