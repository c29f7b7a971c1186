/** The fixed sections of a guide, each read from the pack. */
import type { Checked } from '../../../../core/cases/index.ts'
import type { LoadedPack, Material, Matter } from '../../../../core/matters/index.ts'
import type { ParameterRead } from '../../../../core/rules/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Card,
  type Fact,
  Facts,
  formatDate,
  formatMoney,
  Row,
  Rows,
  Section,
  Tag,
  Text,
  Tiers,
  type Tone,
  type View,
} from '../../../../ui/index.ts'
import { type Amount, officialText, type Tier } from '../guide.ts'
import { clauseOf } from '../law.ts'
import { listOf } from '../listing.ts'

interface PartProps {
  view: View
  pack: LoadedPack
  matter: Matter
  area: string
}

export function AmountSection({ view, pack, amount, checked }: PartProps & { amount: Amount; checked: Checked | null }) {
  const { t } = view
  const mine = checked?.lines.every((line) => line.result !== 'not_met') ? checked.amountFen : null
  return (
    <Section id="amount" title={t('front.guide.amount')}>
      {amount.tiers.length > 0 ? (
        <>
          <Card flush>
            <Tiers
              caption={t('front.guide.amount')}
              rows={amount.tiers.map((tier) => ({
                name: agesOf(view, tier, tier.fen === mine),
                value: t('front.guide.each_month', { money: formatMoney(tier.fen, view.lang) }),
                you: tier.fen === mine,
              }))}
            />
          </Card>
          <NumberTags view={view} numbers={amount.numbers} />
        </>
      ) : (
        <Card flush>
          <Facts
            facts={amount.numbers.map((number) => ({
              name: t('front.guide.number'),
              value: shownNumber(view, number),
              source: (
                <>
                  {number.basis && clauseOf(view, officialText(pack, number.basis))}{' '}
                  <NumberTags view={view} numbers={[number]} inline />
                </>
              ),
            }))}
          />
        </Card>
      )}
    </Section>
  )
}

function agesOf({ t }: View, { from, to }: Tier, you: boolean): string {
  const ages =
    to === null
      ? t('front.guide.ages_over', { from })
      : from === to
        ? t('front.guide.age', { from })
        : t('front.guide.ages', { from, to })
  return you ? t('front.guide.yours', { ages }) : ages
}

function shownNumber(view: View, { value, unit }: ParameterRead): string {
  if (typeof value !== 'number') return value ?? view.t('front.guide.number_unknown')
  if (unit === 'fen_per_month') return view.t('front.guide.each_month', { money: formatMoney(value, view.lang) })
  return unit === 'fen' || unit === 'fen_per_year' ? formatMoney(value, view.lang) : String(value)
}

/** How sure a number is, always beside it. */
function NumberTags({ view, numbers, inline }: { view: View; numbers: readonly ParameterRead[]; inline?: boolean }) {
  const tags = listOf<{ text: string; tone: Tone }>(
    numbers.some((number) => number.demo) && { text: view.t('front.sample'), tone: 'warn' },
    numbers.some((number) => !number.verified && !number.demo) && { text: view.t('front.unverified'), tone: 'hold' },
  )
  if (tags.length === 0) return null
  const shown = tags.map((tag) => (
    <Tag key={tag.text} tone={tag.tone}>
      {tag.text}
    </Tag>
  ))
  return inline ? <span>{shown}</span> : <p class="govuk-body">{shown}</p>
}

export const MaterialsSection = ({ view, matter }: PartProps) => (
  <Section
    id="materials"
    title={view.t(
      matter.materials.some((one) => one.required && one.source === 'upload')
        ? 'front.guide.materials'
        : 'front.guide.materials_nothing',
    )}
  >
    <Rows>
      {matter.materials.map((material) => (
        <Row
          key={material.code}
          title={pick(material.name, view.lang)}
          note={pick(material.accepts, view.lang)}
          tag={<MaterialTag view={view} material={material} />}
        />
      ))}
    </Rows>
  </Section>
)

function MaterialTag({ view, material }: { view: View; material: Material }) {
  const kind =
    material.source === 'upload' && !material.required ? 'upload_optional' : material.register ? 'shared_if' : material.source
  const tone: Tone = kind === 'upload' ? 'warn' : kind === 'shared' ? 'good' : 'info'
  return <Tag tone={tone}>{view.t(`front.material.${kind}`)}</Tag>
}

export const StepsSection = ({ view, matter }: PartProps) => (
  <Section id="steps" title={view.t('front.guide.steps', { n: matter.steps.length })}>
    <Rows>
      {matter.steps.map((step, at) => (
        <Row
          key={step.code}
          title={view.t('front.guide.step', { at: at + 1, name: pick(step.name, view.lang) })}
          note={pick(step.plain, view.lang)}
        />
      ))}
    </Rows>
  </Section>
)

export function TermsSection({ view, pack, matter, area }: PartProps) {
  const { t, lang } = view
  const { catalogue, places, limits } = matter
  const promise = pack.limit(limits.promise, area, view.today)
  const legal =
    limits.legal && pack.isVerified(limits.legal, area, view.today) ? pack.limit(limits.legal, area, view.today) : null
  const acceptance = matter.steps[0]?.kind === 'accept' ? pack.limit('acceptance.promise', area, view.today) : null
  const online = catalogue.is_online ? catalogue.online_depth : 'none'
  const facts: Fact[] = [
    {
      name: t('front.terms.how_long'),
      value: t('front.terms.promise', { n: promise.value, unit: promise.unit }),
      source: (
        <>
          {acceptance && <span>{t('front.terms.acceptance', { n: acceptance.value, unit: acceptance.unit })}</span>}{' '}
          {legal && <span>{t('front.terms.legal', { n: legal.value, unit: legal.unit })}</span>}
        </>
      ),
    },
    {
      name: t('front.terms.visits'),
      value:
        catalogue.limit_scene_num === 0 ? t('front.terms.no_visit') : t('front.terms.visit', { n: catalogue.limit_scene_num }),
      ...(catalogue.limit_scene_explain ? { source: pick(catalogue.limit_scene_explain, lang) } : {}),
    },
    {
      name: t('front.terms.where'),
      value: t(`front.terms.online.${online}`),
      source: places.map((place) => (
        <span key={place.name.zh}>{t('front.terms.place', { place: pick(place.name, lang) })} </span>
      )),
    },
    {
      name: t('front.terms.when'),
      value: places.map((place) => <span key={place.name.zh}>{pick(place.hours, lang)} </span>),
      ...(online === 'none' ? {} : { source: t('front.terms.online_any_time') }),
    },
    {
      name: t('front.terms.cost'),
      value: catalogue.is_fee && catalogue.fee ? pick(catalogue.fee.standard, lang) : t('front.terms.free'),
    },
    // By the title that the paper itself will bear.
    {
      name: t('front.terms.result'),
      value: pick(
        pack.pack.documents.kinds.find((k) => k.code === catalogue.result.sample)?.title ?? catalogue.result.name,
        lang,
      ),
    },
    {
      name: t('front.terms.ask'),
      value: <a href={`tel:${catalogue.link_way}`}>{catalogue.link_way}</a>,
      source: t('front.terms.complain', { way: pick(catalogue.supervise_way, view.lang) }),
    },
  ]
  return (
    <Section id="terms" title={t('front.terms.title')}>
      <Card flush>
        <Facts facts={facts} />
      </Card>
    </Section>
  )
}

export const BasisSection = ({ view, pack, matter }: PartProps) => (
  <Section id="basis" title={view.t('front.guide.basis')}>
    <Rows>
      {matter.bases.map((basis) => {
        const text = officialText(pack, basis)
        return (
          <Row
            key={`${basis.document} ${basis.clause}`}
            title={clauseOf(view, text)}
            note={text.validTo && view.t('front.guide.valid_to', { on: formatDate(text.validTo, view.lang) })}
            tag={!text.verified && <Tag tone="hold">{view.t('front.unverified')}</Tag>}
          />
        )
      })}
    </Rows>
    <Text quiet>{view.t('front.guide.basis_note')}</Text>
  </Section>
)
