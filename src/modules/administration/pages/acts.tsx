import type { RecordedAct } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { SealStatus } from '../../../platform/seals/index.ts'
import { DeskButton, DeskEmpty, DeskTag, Filters, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate, formatDateTime, formatTime } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { roleWords } from './post-words.ts'

const HOME = '/desk/administration/acts'

export interface ActsProps extends DeskShell {
  acts: readonly RecordedAct[]
  more: boolean
  filter: { on: string; postId?: string; act?: string }
  seals: SealStatus
  pack: LoadedPack
  now: Date
  meaningOf: (operation: string) => string | null
}

const addressOf = (path: string, { on, postId, act }: ActsProps['filter'], rest: Record<string, string> = {}): string =>
  `${path}?${new URLSearchParams({ on, ...(postId ? { post: postId } : {}), ...(act ? { act } : {}), ...rest })}`

/** What officers did on one day, by code and id; no person is named but the officers. */
export function ActsPage({ acts, more, filter, seals, pack, now: _, meaningOf, ...shell }: ActsProps) {
  const { view } = shell
  const { t, lang, today } = view
  const last = acts.at(-1)
  return (
    <DeskPage {...shell} title={t('administration.acts.title')}>
      <DeskHead title={t('administration.acts.title')} note={`${formatDate(filter.on, lang, today)} · ${shell.post.scope}`}>
        <DeskButton href={addressOf(`${HOME}.csv`, filter)}>{t('administration.acts.export')}</DeskButton>
      </DeskHead>
      <Note tone={seals.alarms.length > 0 ? 'bad' : 'good'}>
        {seals.at
          ? t('administration.acts.sealed', { n: seals.number, at: formatDateTime(seals.at, lang, today) })
          : t('administration.acts.unsealed')}{' '}
        {seals.alarms.length > 0 && t('administration.acts.alarms', { n: seals.alarms.length })}
      </Note>
      <Filters
        view={view}
        action={HOME}
        keep={filter.postId ? { post: filter.postId } : {}}
        note={t('administration.acts.newest')}
      >
        <input class="form-control" type="date" name="on" value={filter.on} aria-label={t('administration.acts.day')} />
        <input
          class="form-control"
          type="text"
          name="act"
          value={filter.act ?? ''}
          aria-label={t('administration.acts.act')}
          placeholder={t('administration.acts.act')}
          autocomplete="off"
          spellcheck={false}
        />
        {(filter.postId || filter.act) && (
          <DeskButton kind="quiet" href={addressOf(HOME, { on: filter.on })}>
            {t('desk.work.clear')}
          </DeskButton>
        )}
      </Filters>
      {acts.length === 0 ? (
        <DeskEmpty title={t('administration.acts.none')} />
      ) : (
        <div class="card">
          <Table
            caption={t('administration.acts.title')}
            keys
            stack
            rows={acts}
            keyOf={(one) => one.id}
            columns={[
              { title: t('administration.acts.time'), cell: (one) => <span class="num">{formatTime(one.at)}</span> },
              {
                title: t('administration.acts.officer'),
                cell: (one) => (
                  <>
                    {one.postId ? (
                      <a href={addressOf(HOME, { ...filter, postId: one.postId })}>
                        {one.officerName} {one.officerNumber}
                      </a>
                    ) : (
                      `${one.officerName} ${one.officerNumber}`
                    )}
                    <div class="k-quiet">{one.role ? roleWords(view, pack, one.role) : t('administration.acts.door')}</div>
                  </>
                ),
              },
              {
                title: t('administration.act'),
                cell: (one) => {
                  const meaning = meaningOf(one.operation)
                  return (
                    <>
                      <a href={addressOf(HOME, { ...filter, act: one.operation })}>{meaning ?? one.operation}</a>
                      {meaning && <div class="k-quiet">{one.operation}</div>}
                    </>
                  )
                },
              },
              {
                title: t('administration.acts.outcome'),
                cell: (one) =>
                  one.outcome === 'done' ? (
                    <DeskTag tone="good">{t('administration.acts.done')}</DeskTag>
                  ) : (
                    <DeskTag tone="bad">{one.outcome}</DeskTag>
                  ),
              },
              {
                title: t('administration.acts.object'),
                quiet: true,
                cell: (one) =>
                  one.aboutPerson ? t('administration.acts.person') : <span class="num">{one.objectId ?? ''}</span>,
              },
            ]}
          />
        </div>
      )}
      {more && last && (
        <p class="k-actions">
          <DeskButton href={addressOf(HOME, filter, { at: last.at.toISOString(), after: last.id })}>
            {t('administration.acts.older')}
          </DeskButton>
        </p>
      )}
    </DeskPage>
  )
}
