/** Warnings for everybody: what holds, what to do, until when; to read, to print and to read out. */
import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import {
  Empty,
  Facts,
  formatDateTime,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Tag,
  Text,
  Verdict,
  type View,
} from '../../../../ui/index.ts'
import { type Broadcast, linesOf, standingOf, wordsOf } from '../broadcast.ts'
import { Called, kindName, STANDING_TONE, sayings, toneOf } from './parts.tsx'

interface Props {
  view: View
  pack: LoadedPack
  emergencies: Emergencies
  now: Date
}

export function WarningsPage({ view, pack, emergencies, now, warnings }: Props & { warnings: readonly Broadcast[] }) {
  const { t } = view
  const holding = warnings.filter((one) => standingOf(one, now) === 'issued')
  const over = warnings.filter((one) => standingOf(one, now) !== 'issued')
  return (
    <ResidentPage view={view} title={t('broadcast.public')} back={{ href: paths.home, label: t('broadcast.to_home') }}>
      <PageHead title={t('broadcast.public')} lead={t('broadcast.lead')} />
      {holding.length === 0 ? (
        <Empty icon="check" title={t('broadcast.none')}>
          {t('broadcast.none_note')}
        </Empty>
      ) : (
        <Section id="holding" title={t('broadcast.holding')}>
          <WarningRows {...{ view, pack, emergencies, now }} warnings={holding} />
        </Section>
      )}
      {over.length > 0 && (
        <Section id="over" title={t('broadcast.recent')}>
          <WarningRows {...{ view, pack, emergencies, now }} warnings={over} />
        </Section>
      )}
      <Rows>
        <Row href="/watch" icon="users" title={t('watch.own')} note={t('watch.lead')} />
      </Rows>
      <Text quiet>
        <Called text={t('broadcast.emergency_numbers')} emergency />
      </Text>
    </ResidentPage>
  )
}

const WarningRows = ({ view, pack, emergencies, now, warnings }: Props & { warnings: readonly Broadcast[] }) => (
  <Rows>
    {warnings.map((one) => {
      const standing = standingOf(one, now)
      return (
        <Row
          key={one.id}
          href={`/warnings/${one.id}`}
          icon="horn"
          title={<span lang={wordsOf(one, view.lang).lang}>{wordsOf(one, view.lang).headline}</span>}
          note={sayings(view, pack, one).slice(0, 3).join(view.t('event.stop'))}
          tag={
            <Tag tone={standing === 'issued' ? toneOf(one) : STANDING_TONE[standing]}>
              {standing === 'issued' ? kindName(view, emergencies, one) : view.t(`broadcast.standing.${standing}`)}
            </Tag>
          }
        />
      )
    })}
  </Rows>
)

export function WarningPage({
  view,
  pack,
  emergencies,
  now,
  warning,
  after,
}: Props & { warning: Broadcast; after: Broadcast | null }) {
  const { t, lang, today } = view
  const standing = standingOf(warning, now)
  const said = wordsOf(warning, lang)
  return (
    <ResidentPage view={view} title={said.headline} back={{ href: '/warnings', label: t('broadcast.public') }}>
      <PageHead title={said.headline} caption={kindName(view, emergencies, warning)} />
      {standing !== 'issued' && (
        <Verdict tone={standing === 'withdrawn' ? 'bad' : 'info'} title={t(`broadcast.now.${standing}`)} live>
          <p>
            {warning.endedAt
              ? t('broadcast.ended_at', { at: formatDateTime(warning.endedAt, lang, today) })
              : t('broadcast.over_at', { at: formatDateTime(warning.endsAt, lang, today) })}
          </p>
          {after && (
            <p>
              <a href={`/warnings/${after.id}`}>{t('broadcast.newer')}</a>
            </p>
          )}
        </Verdict>
      )}
      <Inset>
        {linesOf(said.body).map((line) => (
          <p key={line} class="k-lead" lang={said.lang}>
            <Called text={line} />
          </p>
        ))}
      </Inset>
      <Facts
        facts={[
          { name: t('broadcast.area'), value: pack.areaIn(t, lang, warning.area) || warning.area },
          ...(warning.issuedAt ? [{ name: t('broadcast.issued'), value: formatDateTime(warning.issuedAt, lang, today) }] : []),
          { name: t('broadcast.ends'), value: formatDateTime(warning.endsAt, lang, today) },
          ...(warning.issuer ? [{ name: t('broadcast.by_whom'), value: `${warning.issuer} ${warning.issuerNumber}` }] : []),
        ]}
      />
      {standing === 'issued' && (
        <Section id="aloud" title={t('broadcast.aloud')}>
          <Inset>
            <p lang={said.lang}>
              {t('broadcast.aloud_text', {
                area: pack.areaIn(t, lang, warning.area) || warning.area,
                headline: said.headline,
                body: said.body,
                until: formatDateTime(warning.endsAt, lang, today),
              })}
            </p>
          </Inset>
          <Text quiet>{t('broadcast.print')}</Text>
        </Section>
      )}
      <Text quiet>
        <Called text={t('broadcast.emergency_numbers')} emergency />
      </Text>
    </ResidentPage>
  )
}
