import { type OwnCase, possible } from '../../../../core/cases/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Card, formatDay, Link, Section, Tag, type View } from '../../../../ui/index.ts'
import { FileLink } from './files.tsx'

/** What was given for this case. A withdrawn file stays, with its mark. */
export function Materials({ view, own: { found, matter, materials } }: { view: View; own: OwnCase }) {
  const { t, lang, today } = view
  if (materials.length === 0) return null
  const may = (possible[found.state.status] as readonly string[]).includes('withdraw_material')
  return (
    <Section title={t('own.material.title')} id="materials">
      {materials.map((file) => (
        <Card key={file.id}>
          <h3>
            {pick(matter.materials.find((m) => m.code === file.material)?.name ?? { zh: file.material, en: file.material }, lang)}
          </h3>
          <p>{t('own.material.given', { day: formatDay(dayOf(file.addedAt), lang, today) })}</p>
          {file.withdrawnAt && (
            <p>
              <Tag tone="hold">{t('own.material.withdrawn')}</Tag>{' '}
              {t('own.material.why', { day: formatDay(dayOf(file.withdrawnAt), lang, today), why: file.withdrawnWhy ?? '' })}
            </p>
          )}
          <div class="k-foot-row">
            <FileLink file={file} />
            {may && !file.withdrawnAt && (
              <Link href={`/me/cases/${found.id}/materials/${file.id}/withdrawal`}>
                {t('own.material.withdraw')}
                <span class="govuk-visually-hidden"> ({file.name})</span>
              </Link>
            )}
          </div>
        </Card>
      ))}
    </Section>
  )
}
