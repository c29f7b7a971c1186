/** A person: masked until the officer says what for; then the facts, her cases and what can be done. */
import type { Matter } from '../../../../core/matters/index.ts'
import { type Hit, type PersonPage as Person, type Purpose, purposes } from '../../../../core/people/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, Masked, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'
import { ALL_FACTS, factLines } from '../person-facts.ts'

const crumbs = ({ view }: DeskShell) => [{ href: '/desk/people', label: view.t('desk.nav.people') }]

/** Before any look: what a list shows, and the question what it is for. */
export function MaskedPersonPage({ hit, mayRead, ...shell }: DeskShell & { hit: Hit; mayRead: boolean }) {
  const { view } = shell
  const { t } = view
  return (
    <DeskPage {...shell} title={hit.shownName} current="/desk/people">
      <DeskHead title={hit.shownName} crumbs={crumbs(shell)}>
        <DeskTag tone="hold">{t('window.person.masked')}</DeskTag>
      </DeskHead>
      <Two
        side={
          <DeskCard title={t('window.person.why')} raised>
            {mayRead ? (
              <form class="k-form" method="get" action={`/desk/people/${hit.personId}`}>
                <div class="d-why">{t('window.person.why_note')}</div>
                <div class="d-acts">
                  {purposes.map((purpose, at) => (
                    <DeskButton key={purpose} name="for" value={purpose} wide kind={at === 0 ? 'primary' : 'plain'}>
                      {t(`people.purpose.${purpose}`)}
                    </DeskButton>
                  ))}
                </div>
                <Note>{t('window.person.she_sees', { name: hit.shownName })}</Note>
              </form>
            ) : (
              <p>{t('window.person.may_not_read')}</p>
            )}
          </DeskCard>
        }
      >
        <DeskCard title={t('window.person.basics')}>
          <Datagrid
            facts={[
              { name: t('window.fact.name'), value: <Masked>{hit.shownName}</Masked> },
              { name: t('window.start.born'), value: hit.bornYear ? String(hit.bornYear) : t('window.fact.unknown') },
              { name: t('window.start.area'), value: hit.areaName || t('window.fact.unknown') },
            ]}
          />
          <p>
            <a href="/desk/window">{t('window.person.not_the_one')}</a>
          </p>
        </DeskCard>
      </Two>
    </DeskPage>
  )
}

export interface PersonProps extends DeskShell {
  person: Person
  purpose: Purpose
  /** Matters of the post's lines; null when the post receives nothing. */
  matters: readonly Matter[] | null
  nameOf: (matterCode: string) => string
  mayBind: boolean
  mayOpenCases: boolean
  done?: 'bound' | 'unbound' | 'registered' | 'dwelling'
}

export function PersonPage({ person, purpose, matters, nameOf, mayBind, mayOpenCases, done, ...shell }: PersonProps) {
  const { view } = shell
  const { t } = view
  return (
    <DeskPage {...shell} title={person.facts.name} current="/desk/people">
      <DeskHead title={person.facts.name} crumbs={crumbs(shell)}>
        <DeskTag tone="info">{t('window.person.read_for', { purpose: t(`people.purpose.${purpose}`) })}</DeskTag>
      </DeskHead>
      {done && (
        <Note tone="good" live>
          {t(`window.person.done.${done}`)}
        </Note>
      )}
      <Two side={<Side {...shell} person={person} mayBind={mayBind} />}>
        {matters && (
          <DeskCard title={t('window.person.receive')} raised>
            {matters.length === 0 ? (
              <p>{t('window.person.no_matter')}</p>
            ) : (
              <div class="d-acts">
                {matters.map((matter) => (
                  <DeskButton
                    key={matter.code}
                    href={`/desk/people/${person.personId}/matters/${matter.code}`}
                    wide={matters.length === 1}
                  >
                    {pick(matter.name, view.lang)}
                  </DeskButton>
                ))}
              </div>
            )}
          </DeskCard>
        )}
        <DeskCard title={t('window.person.basics')}>
          <Datagrid facts={factLines(view, person, ALL_FACTS)} />
        </DeskCard>
        <Receives {...shell} receives={person.facts.receives.map(nameOf)} />
        <Cases {...shell} person={person} nameOf={nameOf} mayOpenCases={mayOpenCases} />
      </Two>
    </DeskPage>
  )
}

function Side({ person, mayBind, view }: DeskShell & { person: Person; mayBind: boolean }) {
  const { t, lang } = view
  const { binding, personId } = person
  return (
    <DeskCard title={t('window.person.phone')}>
      <p>
        {binding
          ? t('window.person.bound_since', { day: formatDate(dayOf(binding.boundAt), lang, view.today) })
          : t('window.person.not_bound')}
      </p>
      {mayBind && (
        <div class="d-acts">
          <DeskButton href={`/desk/people/${personId}/phone`} wide>
            {t(binding ? 'window.phone.unbind' : 'window.phone.bind')}
          </DeskButton>
          <DeskButton href={`/desk/people/${personId}/dwelling`} wide>
            {t('window.dwelling.title')}
          </DeskButton>
          <DeskButton href={`/desk/people/${personId}/proxies`} wide>
            {t('window.proxies.link')}
          </DeskButton>
        </div>
      )}
    </DeskCard>
  )
}

const Receives = ({ view, receives }: DeskShell & { receives: readonly string[] }) => (
  <DeskCard title={view.t('window.person.receives')}>
    <p>{receives.length > 0 ? receives.join(view.t('desk.join')) : view.t('window.person.receives_nothing')}</p>
  </DeskCard>
)

function Cases({ view, person, nameOf, mayOpenCases }: DeskShell & Pick<PersonProps, 'person' | 'nameOf' | 'mayOpenCases'>) {
  const { t, lang, today } = view
  return (
    <DeskCard title={t('window.person.cases')} note={t('window.person.own_lines')} flush={person.cases.length > 0}>
      {person.cases.length === 0 ? (
        <p>{t('window.person.no_cases')}</p>
      ) : (
        <Table
          caption={t('window.person.cases')}
          rows={person.cases}
          keyOf={(one) => one.id}
          keys
          columns={[
            {
              title: t('window.case.number'),
              cell: (one) => (mayOpenCases ? <a href={`/desk/cases/${one.id}`}>{one.number}</a> : one.number),
            },
            { title: t('window.case.matter'), cell: (one) => nameOf(one.matterCode) },
            { title: t('window.case.status'), cell: (one) => t(`case.status.${one.status}`) },
            { title: t('window.case.due'), cell: (one) => (one.dueAt ? formatDate(dayOf(one.dueAt), lang, today) : '—') },
          ]}
        />
      )}
    </DeskCard>
  )
}
