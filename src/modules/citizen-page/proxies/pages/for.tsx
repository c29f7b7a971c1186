import type { Proxied } from '../../../../core/access/index.ts'
import type { CaseByProxy, DraftLine } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { FoundList } from '../../../../core/outreach/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Button,
  Card,
  Form,
  formatDate,
  Inset,
  Link,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Stack,
  Text,
  type View,
} from '../../../../ui/index.ts'
import { FoundCard } from '../../found/pages/cards.tsx'
import { mattersText } from './proxies.tsx'

interface ForProps extends Pick<FoundList, 'searchedOn' | 'found'> {
  view: View
  pack: LoadedPack
  actor: Proxied
  cases: readonly CaseByProxy[]
  drafts: readonly DraftLine[]
  newKey: string
  done: string | undefined
}

/** Where one acts for another: who it is, in what, and how her cases stand. */
export function ForPage(props: ForProps) {
  const { view, pack, actor, cases, searchedOn, found, done } = props
  const { t, lang, today } = view
  const { name } = actor
  return (
    <ResidentPage
      view={view}
      title={t('proxies.for', { name: actor.name })}
      back={{ href: paths.proxies, label: t('proxies.title') }}
    >
      <PageHead
        title={t('proxies.for', { name: actor.name })}
        lead={t('proxies.for_lead', { matters: mattersText(view, pack, actor.matters) })}
      />
      <Inset>{t('proxies.she_sees', { name: actor.name })}</Inset>
      {done === 'applied' && <Inset>{t('found.proxy.done', { name })}</Inset>}
      {done === 'kept' && <Inset>{t('proxies.kept')}</Inset>}
      {searchedOn && (
        <Section id="found" title={t('found.proxy.section', { name })}>
          <Text quiet>{t('found.proxy.lead', { name, day: formatDate(searchedOn, lang, today) })}</Text>
          {found.length === 0 && <Text>{t('found.proxy.none')}</Text>}
          {found.map((one) => (
            <FoundCard
              key={one.matterCode}
              view={view}
              pack={pack}
              found={one}
              href={`/for/${actor.proxyId}/found/${one.matterCode}`}
              name={name}
            />
          ))}
        </Section>
      )}
      <Drafts {...props} />
      <Apply {...props} />
      <Section id="cases" title={t('proxies.cases')}>
        {cases.length === 0 && <Text>{t('proxies.no_cases')}</Text>}
        {cases.map((one) => (
          <CaseLine key={one.id} view={view} pack={pack} one={one} home={`/for/${actor.proxyId}`} />
        ))}
      </Section>
    </ResidentPage>
  )
}

function Drafts({ view, pack, actor, drafts }: ForProps) {
  const { t, lang, today } = view
  if (drafts.length === 0) return null
  const nameOf = (code: string) => mattersText(view, pack, [code])
  return (
    <Section id="drafts" title={t('proxies.drafts')}>
      {drafts.map((draft) => (
        <Stack key={draft.id}>
          <Rows>
            <Row
              href={`/for/${actor.proxyId}/apply/${draft.id}`}
              icon="pen"
              title={nameOf(draft.matterCode)}
              note={t('proxies.draft_note', { day: formatDate(dayOf(draft.updatedAt), lang, today) })}
            />
          </Rows>
          <Link href={`/for/${actor.proxyId}/apply/${draft.id}/discard`}>
            {t('proxies.discard')}
            <span class="govuk-visually-hidden"> ({nameOf(draft.matterCode)})</span>
          </Link>
        </Stack>
      ))}
    </Section>
  )
}

const RUNNING: ReadonlySet<string> = new Set(['received', 'correcting', 'accepted', 'paused'])

/** What may be begun: of one matter one application runs at a time, and what is half written is above. */
function Apply({ view, pack, actor, cases, drafts, newKey }: ForProps) {
  const { t, lang } = view
  const busy = new Set([
    ...cases.filter(({ status }) => RUNNING.has(status)).map(({ matterCode }) => matterCode),
    ...drafts.map(({ matterCode }) => matterCode),
  ])
  const open = pack.begun.filter(({ code }) => actor.matters.includes(code) && !busy.has(code))
  if (open.length === 0) return null
  return (
    <Section id="apply" title={t('proxies.apply', { name: actor.name })}>
      <Text>{t('proxies.apply_lead', { name: actor.name })}</Text>
      {open.map((matter) => (
        <Form
          key={matter.code}
          view={view}
          action={`/for/${actor.proxyId}/apply`}
          idempotencyKey={`${newKey}-${matter.code}`.slice(0, 80)}
        >
          <input type="hidden" name="matter" value={matter.code} />
          <Button kind="secondary" icon="pen">
            {pick(matter.name, lang)}
          </Button>
        </Form>
      ))}
    </Section>
  )
}

function CaseLine({ view, pack, one, home }: { view: View; pack: LoadedPack; one: CaseByProxy; home: string }) {
  const { t, lang, today } = view
  const matter = pack.matters.find(({ code }) => code === one.matterCode)
  return (
    <Card>
      <h3 class="govuk-heading-s">{matter ? pick(matter.name, lang) : one.number}</h3>
      <Text>{t(`case.status.${one.status}`)}</Text>
      <Text quiet>{t('proxies.received', { number: one.number, on: formatDate(dayOf(one.receivedAt), lang, today) })}</Text>
      {one.sent && (
        <Link href={`${home}/cases/${one.id}`}>
          {t(one.answerBy ? 'proxies.sent.correct' : 'proxies.sent.open')}
          <span class="govuk-visually-hidden"> ({one.number})</span>
        </Link>
      )}
    </Card>
  )
}
