import type { Emergencies } from '../../../../core/matters/index.ts'
import { ageYears } from '../../../../platform/day.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskEmpty, Note, Tabs } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, formatShortDateTime, type Problem } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import { GROUPS, NEEDS, type ToLookUp } from '../store.ts'
import type { LookUpPage } from '../use-cases.ts'

interface Props extends DeskShell {
  read: LookUpPage
  emergencies: Emergencies
  newKey: string
  noted: boolean
  problem?: Problem
}

const PAGE = 20

/** Whom to knock at, why, and what came of it; by the last result. */
export function VisitsPage({ read, emergencies, newKey, noted, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const { id, group, page, people, counts } = read
  const here = `/desk/warnings/${id}/visits`
  const at = (name: string, n = 1) => `${here}?${new URLSearchParams({ list: name, ...(n > 1 ? { page: String(n) } : {}) })}`
  const from = (page - 1) * PAGE + 1
  return (
    <DeskPage {...shell} title={t('lookup.title')} current="/desk/warnings">
      <DeskHead
        crumbs={[{ href: '/desk/warnings', label: t('broadcast.title') }]}
        title={t('lookup.title')}
        note={`${read.headline} · ${t('lookup.until', { at: formatDateTime(read.until, lang, today) })}`}
      />
      {read.ended && (
        <Note tone="warn">{t(`lookup.ended.${read.ended.as}`, { at: formatDateTime(read.ended.at, lang, today) })}</Note>
      )}
      {problem && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {noted && !problem && (
        <Note tone="good" live>
          {t('event.noted')}
        </Note>
      )}
      <Tabs
        label={t('lookup.lists')}
        items={GROUPS.map((name) => ({
          href: at(name),
          label: t(`lookup.group.${name}`),
          count: counts[name],
          on: name === group,
          ...(name === 'help' ? { tone: 'bad' as const } : {}),
        }))}
      />
      <p class="k-quiet">{t('lookup.note')}</p>
      {people.length === 0 ? (
        <DeskEmpty title={t('lookup.nobody')} />
      ) : (
        <ul class="d-people">
          {people.map((one) => (
            <Person key={one.personId} {...{ one, emergencies, view, here, group, today, lang, newKey }} />
          ))}
        </ul>
      )}
      {counts[group] > PAGE && (
        <nav class="d-person__acts" aria-label={t('ui.pager.nav')}>
          <span class="num">{t('ui.desk.range_of', { from, to: from + people.length - 1, total: counts[group] })}</span>
          {page > 1 && <DeskButton href={at(group, page - 1)}>{t('ui.pager.previous')}</DeskButton>}
          {from + people.length - 1 < counts[group] && <DeskButton href={at(group, page + 1)}>{t('ui.pager.next')}</DeskButton>}
        </nav>
      )}
    </DeskPage>
  )
}

interface PersonProps extends Pick<Props, 'emergencies' | 'newKey'> {
  one: ToLookUp
  view: DeskShell['view']
  here: string
  group: string
  today: string
  lang: 'zh' | 'en'
}

function Person({ one, emergencies, view, here, group, today, lang, newKey }: PersonProps) {
  const { t } = view
  const why = one.reasons.map((code) => {
    const reason = emergencies.visits.reasons.find((each) => each.code === code)
    return reason ? pick(reason.name, lang) : code
  })
  const form = (result: string) => ({
    view,
    action: `${here}/${one.personId}`,
    idempotencyKey: `${newKey}-${one.personId.slice(-12)}-${result}`,
  })
  return (
    <li class="card d-person">
      <h2>
        {one.name} {one.bornOn && <small>{t('lookup.age', { n: ageYears(one.bornOn, today) })}</small>}
      </h2>
      <p>{one.address ?? t('lookup.no_address')}</p>
      <p class="k-quiet">{why.join(t('event.join'))}</p>
      {one.tried.length > 0 && (
        <p class="k-quiet">
          {one.tried
            .map(({ result, need, at }) =>
              [formatShortDateTime(at, today), t(`lookup.result.${result}`), need && t(`lookup.need.${need}`)]
                .filter(Boolean)
                .join(' '),
            )
            .join(t('event.stop'))}
        </p>
      )}
      <div class="d-person__acts">
        <Form {...form('simple')} class="d-person__result">
          <input type="hidden" name="list" value={group} />
          {group === 'help' && (
            <DeskButton name="result" value="helped" small kind="primary">
              {t('lookup.result.helped')}
            </DeskButton>
          )}
          <DeskButton name="result" value="told" small>
            {t('lookup.result.told')}
          </DeskButton>
          <DeskButton name="result" value="not_home" small>
            {t('lookup.result.not_home')}
          </DeskButton>
        </Form>
        <Form {...form('help')} class="d-person__result">
          <input type="hidden" name="list" value={group} />
          <input type="hidden" name="result" value="needs_help" />
          {NEEDS.map((need) => (
            <DeskButton key={need} name="need" value={need} small kind="danger">
              {t('lookup.needs', { need: t(`lookup.need.${need}`) })}
            </DeskButton>
          ))}
        </Form>
      </div>
    </li>
  )
}
