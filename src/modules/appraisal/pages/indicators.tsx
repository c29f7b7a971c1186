import { indicatorsOn, isClauseKnown, type LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  Card,
  Facts,
  formatDate,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Section,
  Tag,
  Text,
  type View,
} from '../../../ui/index.ts'

/** Each indicator in force with its formula and clause, and what is not counted. */
export function IndicatorsPage({ view, pack }: { view: View; pack: LoadedPack }) {
  const { t, lang, today } = view
  const inForce = indicatorsOn(pack, today)
  const busywork = pack.pack.indicators?.busywork ?? []
  return (
    <ResidentPage
      view={view}
      title={t('indicators.title')}
      description={t('indicators.lead')}
      back={{ href: paths.home, label: t('indicators.to_home') }}
    >
      <PageHead title={t('indicators.title')} lead={t('indicators.lead')} />
      <Section id="in-force" title={t('indicators.in_force', { n: inForce.length })}>
        {inForce.length === 0 && <Text>{t('indicators.none')}</Text>}
        {inForce.map(({ code, name, about, formula, basis, valid_from, verified, demo }) => (
          <Card key={code}>
            <h3 class="govuk-heading-s">
              {pick(name, lang)} {demo && <Tag tone="warn">{t('indicators.demo')}</Tag>}
            </h3>
            <Text>{pick(about, lang)}</Text>
            <Facts
              facts={[
                {
                  name: t('indicators.formula'),
                  value: t('indicators.out_of', {
                    of: sourceName(view, formula.of),
                    among: sourceName(view, formula.among ?? ''),
                  }),
                },
                { name: t('indicators.basis'), value: basisText(view, pack, basis) },
                { name: t('indicators.since'), value: formatDate(valid_from, lang, today) },
                ...(verified ? [] : [{ name: t('indicators.checked'), value: t('indicators.unverified') }]),
              ]}
            />
          </Card>
        ))}
      </Section>
      {busywork.length > 0 && (
        <Section id="never" title={t('indicators.never')}>
          <Text>{t('indicators.never_text')}</Text>
          <Rows>
            {busywork.map(({ code, name, basis }) => (
              <Row key={code} title={pick(name, lang)} note={basisText(view, pack, basis)} />
            ))}
          </Rows>
        </Section>
      )}
    </ResidentPage>
  )
}

const sourceName = ({ t }: View, code: string): string => t(`indicators.source.${code}`)

/** A clause that is still to be looked up says so. */
function basisText({ lang, t }: View, { pack }: LoadedPack, basis: { document: string; clause: string }): string {
  const text = pack.bases.find(({ code }) => code === basis.document)
  const title = text ? `${pick(text.title, lang)} ${text.number}` : basis.document
  return isClauseKnown(basis.clause)
    ? t('indicators.clause', { title, clause: basis.clause })
    : t('indicators.clause_open', { title })
}
