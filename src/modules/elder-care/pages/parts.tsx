/** A view as it was or will be signed: level first, then what changed it, then every item. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Datagrid, Note } from '../../../ui/desk/index.ts'
import { formatDate, type View as PageView } from '../../../ui/index.ts'
import { assessmentTable, type Seen, scoreOf } from '../assessment.ts'

interface SeenProps {
  view: PageView
  pack: LoadedPack
  seen: Seen
  area: string
}

export function SeenView({ view, pack, seen, area }: SeenProps) {
  const { t, lang, today } = view
  const table = assessmentTable(pack)
  const scored = scoreOf(pack, seen, area)
  const level = (at: number | null) => {
    if (at === null) return t('care.not_known')
    const band = table.bands?.find((one) => one.level === at)
    return band ? t('care.level', { level: at, name: pick(band.name, lang) }) : String(at)
  }
  return (
    <>
      {scored.level === null && <Note tone="warn">{t('care.level_open')}</Note>}
      <Datagrid
        facts={[
          { name: t('care.assessed_on'), value: formatDate(seen.assessedOn, lang, today) },
          { name: t('care.total'), value: t('care.points', { n: scored.total }) },
          { name: t('care.score_level'), value: level(scored.scoreLevel) },
          {
            name: t('care.adjusted'),
            value:
              scored.adjusted.length === 0
                ? t('care.not_adjusted')
                : scored.adjusted.map((why) => t(`care.why.${why}`)).join(t('care.join')),
          },
          { name: t('care.final_level'), value: level(scored.level) },
          {
            name: t('care.next_on'),
            value: scored.nextOn === null ? t('care.not_known') : formatDate(scored.nextOn, lang, today),
          },
        ]}
      />
      {table.parts.map((part) => (
        <section key={part.code}>
          <h3>{pick(part.name, lang)}</h3>
          <Datagrid
            facts={table.lines
              .filter((line) => line.part === part.code)
              .map((line) => {
                const item = table.questions.find((one) => one.code === line.answer)!
                const option = item.options?.find((one) => one.value === seen.scores[item.code])
                return {
                  name: pick(item.ask, lang),
                  value: option
                    ? t('care.grade', { n: Number(option.value), text: pick(option.text, lang) })
                    : t('care.not_known'),
                }
              })}
          />
        </section>
      ))}
      {table.verified ? null : <p class="k-quiet">{t('care.unverified')}</p>}
    </>
  )
}
