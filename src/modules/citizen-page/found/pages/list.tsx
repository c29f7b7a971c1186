import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { FoundList } from '../../../../core/outreach/index.ts'
import {
  Button,
  Details,
  Empty,
  Form,
  formatDate,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  type View,
} from '../../../../ui/index.ts'
import { nameOf } from '../saying.ts'
import { FoundCard } from './cards.tsx'

interface ListProps extends FoundList {
  view: View
  pack: LoadedPack
  done: string | undefined
  newKey: string
}

/** 为您找到的: what a search found for her, and what she does not want to be found for. */
export function FoundListPage({ view, pack, searchedOn, found, stopped, done, newKey }: ListProps) {
  const { t, lang, today } = view
  const shown = found.filter((one) => !one.stopped)
  return (
    <ResidentPage view={view} title={t('found.title')} back={{ href: paths.home, label: t('front.to_home') }}>
      <PageHead
        title={t('found.title')}
        {...(searchedOn ? { lead: t('found.lead', { day: formatDate(searchedOn, lang, today) }) } : {})}
      />
      {(done === 'stopped' || done === 'again') && (
        <Inset>{t(done === 'stopped' ? 'found.stop.done' : 'found.stop.undone')}</Inset>
      )}
      {shown.map((one) => (
        <FoundCard key={one.matterCode} view={view} pack={pack} found={one} href={`${paths.found}/${one.matterCode}`} />
      ))}
      {shown.length === 0 && (
        <Empty
          icon="search"
          title={t(searchedOn ? 'found.nothing' : 'found.none_yet')}
          next={{ href: paths.home, label: t('found.guides') }}
        >
          {t(searchedOn ? 'found.nothing_text' : 'found.none_yet_text')}
        </Empty>
      )}
      <Choices view={view} pack={pack} stopped={stopped} newKey={newKey} />
    </ResidentPage>
  )
}

/** Per benefit, also before she was ever found. */
function Choices({ view, pack, stopped, newKey }: Pick<ListProps, 'view' | 'pack' | 'stopped' | 'newKey'>) {
  const { t } = view
  const searched = pack.matters.filter((matter) => matter.outreach?.searched).map(({ code }) => code)
  const codes = [...stopped, ...searched.filter((code) => !stopped.includes(code))]
  if (codes.length === 0) return null
  return (
    <Section id="choices" title={t('found.stop.choices')}>
      <Text quiet>{t('found.stop.choices_text')}</Text>
      {stopped.map((code) => (
        <Choice key={code} view={view} name={nameOf(view, pack, code)} code={code} stopped newKey={newKey} />
      ))}
      {codes.length > stopped.length && (
        <Details title={t('found.stop.title')}>
          <Text>{t('found.stop.text')}</Text>
          {codes.slice(stopped.length).map((code) => (
            <Choice key={code} view={view} name={nameOf(view, pack, code)} code={code} newKey={newKey} />
          ))}
        </Details>
      )}
    </Section>
  )
}

interface ChoiceProps {
  view: View
  name: string
  code: string
  stopped?: boolean
  newKey: string
}

export const Choice = ({ view, name, code, stopped = false, newKey }: ChoiceProps) => (
  <Form view={view} action={`${paths.found}/${code}/${stopped ? 'again' : 'stop'}`} idempotencyKey={newKey} class="k-foot-row">
    {name && <b>{name}</b>}
    <Button kind="secondary" small>
      {view.t(stopped ? 'found.stop.again' : 'found.stop.button')}
      {name && <span class="govuk-visually-hidden"> ({name})</span>}
    </Button>
  </Form>
)
