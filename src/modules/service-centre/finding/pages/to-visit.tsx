/** Who to visit: name, age, what is missing, what was tried. */
import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import { GROUPS, MISTAKES, RESULTS, type Visited, type VisitPage } from '../../../../core/outreach/index.ts'
import { ageYears } from '../../../../platform/day.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskEmpty, DeskTag, Note, Tabs } from '../../../../ui/desk/index.ts'
import {
  DeskHead,
  DeskPage,
  Details,
  Form,
  formatDay,
  formatMoney,
  formatShortDateTime,
  type Problem,
} from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../desk/shell.ts'

interface Props extends DeskShell {
  read: VisitPage
  matter: Matter
  /** Of the search: its rules said what is missing. */
  pack: LoadedPack
  mayReceive: boolean
  newKey: string
  done: string | undefined
  problem?: Problem
}

const PAGE = 20

export function ToVisitPage({
  read: { of, group, page, people },
  matter,
  pack,
  mayReceive,
  newKey,
  done,
  problem,
  ...shell
}: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const here = `/desk/visits/${of.matterCode}/${of.area}`
  const at = (name: string, n = 1) => `${here}?${new URLSearchParams({ list: name, ...(n > 1 ? { page: String(n) } : {}) })}`
  const from = (page - 1) * PAGE + 1
  const total = of.counts[group]
  return (
    <DeskPage {...shell} title={pick(matter.name, lang)} current="/desk/visits">
      <DeskHead
        title={pick(matter.name, lang)}
        crumbs={[{ href: '/desk/visits', label: t('finding.visits') }]}
        note={`${shortArea(view, pack.areaName(of.area))} · ${t('finding.facts_of', { day: formatDay(of.day, lang, today) })} · ${t('finding.until', { day: formatDay(of.expiresOn, lang, today) })}`}
      />
      {problem && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {!problem && (done === 'noted' || done === 'taken_back') && (
        <Note tone="good" live>
          {t(`finding.${done}`)}
        </Note>
      )}
      <Tabs
        label={t('finding.lists')}
        items={GROUPS.map((name) => ({
          href: at(name),
          label: t(`finding.group.${name}`),
          count: of.counts[name],
          on: name === group,
        }))}
      />
      <p class="k-quiet">
        {t(`finding.group_note.${group}`)} {t('finding.looked')}
      </p>
      {people.length === 0 ? (
        <DeskEmpty title={t('finding.nobody')} />
      ) : (
        <>
          <ul class="d-people">
            {people.map((one) => (
              <Person key={one.personId} {...{ one, group, matter, pack, mayReceive, view, here, today, newKey }} />
            ))}
          </ul>
          {total > PAGE && (
            <nav class="d-person__acts" aria-label={view.t('ui.pager.nav')}>
              <span class="num">{t('finding.range', { from, to: from + people.length - 1, total })}</span>
              {page > 1 && <DeskButton href={at(group, page - 1)}>{t('ui.pager.previous')}</DeskButton>}
              {from + people.length - 1 < total && <DeskButton href={at(group, page + 1)}>{t('ui.pager.next')}</DeskButton>}
            </nav>
          )}
        </>
      )}
    </DeskPage>
  )
}

interface PersonProps extends Pick<Props, 'matter' | 'pack' | 'mayReceive' | 'newKey'> {
  one: Visited
  group: string
  view: DeskShell['view']
  here: string
  today: string
}

function Person({ one, group, matter, pack, mayReceive, view, here, today, newKey }: PersonProps) {
  const { t, lang } = view
  const age = one.bornOn ? t('finding.age', { n: ageYears(one.bornOn, today) }) : t('finding.no_age')
  return (
    <li class="card d-person">
      <h2>
        <a href={`/desk/people/${one.personId}?for=visit`}>{one.name}</a> <small>{age}</small>
      </h2>
      {one.address && <p>{one.address}</p>}
      {one.amountFen !== null && (
        <p>{t(one.missing.length === 0 ? 'finding.amount' : 'finding.amount_if', { sum: formatMoney(one.amountFen, lang) })}</p>
      )}
      {one.missing.length > 0 && (
        <>
          <p class="k-quiet">{t('finding.to_confirm')}</p>
          <ul>
            {one.missing.map((id) => (
              <li key={id}>
                {pick(pack.rule(id).text, lang)}
                {one.presumed.includes(id) && <DeskTag>{t('finding.presumed')}</DeskTag>}
              </li>
            ))}
          </ul>
        </>
      )}
      {one.tried.length > 0 && (
        <p class="k-quiet">
          {t('finding.tried')}
          {one.tried
            .map(
              ({ result, at, takenBack }) =>
                `${formatShortDateTime(at, today)} ${t(`finding.result.${result}`)}${takenBack ? t('finding.was_taken_back', { why: t(`finding.mistakes.${takenBack}`) }) : ''}`,
            )
            .join(t('desk.join'))}
        </p>
      )}
      {one.tried
        .filter(({ mayTakeBack }) => mayTakeBack)
        .map((visit) => (
          <Mistake key={visit.id} {...{ visit, group, view, here, today, newKey }} />
        ))}
      {one.applied ? (
        <DeskTag tone="good">{t('finding.has_applied')}</DeskTag>
      ) : (
        <div class="d-person__acts">
          {mayReceive && (
            <DeskButton kind="primary" href={`/desk/people/${one.personId}/matters/${matter.code}`}>
              {t('finding.apply')}
            </DeskButton>
          )}
          <Form
            view={view}
            action={`${here}/${one.personId}`}
            idempotencyKey={`${newKey}-${one.personId.slice(-12)}`}
            class="d-person__result"
          >
            <input type="hidden" name="list" value={group} />
            {RESULTS.map((result) => (
              <DeskButton key={result} name="result" value={result} small>
                {t(`finding.result.${result}`)}
              </DeskButton>
            ))}
          </Form>
        </div>
      )}
    </li>
  )
}

interface MistakeProps extends Pick<PersonProps, 'group' | 'view' | 'here' | 'today' | 'newKey'> {
  visit: Visited['tried'][number]
}

/** Opened first, then one press: which button says why. */
function Mistake({ visit: { id, result, at }, group, view, here, today, newKey }: MistakeProps) {
  const { t } = view
  const what = `${formatShortDateTime(at, today)} ${t(`finding.result.${result}`)}`
  return (
    <Details title={t('finding.mistake', { what })}>
      <p>{t('finding.mistake_note')}</p>
      <Form view={view} action={`${here}/${id}/mistake`} idempotencyKey={`${newKey}-${id.slice(-12)}`} class="d-person__result">
        <input type="hidden" name="list" value={group} />
        {MISTAKES.map((why) => (
          <DeskButton key={why} name="why" value={why} small>
            {t(`finding.mistakes.${why}`)}
          </DeskButton>
        ))}
      </Form>
    </Details>
  )
}
