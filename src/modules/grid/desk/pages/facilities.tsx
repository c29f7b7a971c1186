/** The codes of objects, to be printed, cut out and put on. */
import { qrSvg } from '../../../../core/documents/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskEmpty } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { FacilityRow } from '../../use-cases/look.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  rows: readonly FacilityRow[]
  publicUrl: string
}

export function FacilitiesPage({ pack, rows, publicUrl, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  return (
    <DeskPage {...shell} title={t('facilities.title')}>
      <DeskHead title={t('facilities.title')} note={t('facilities.note')} />
      {rows.length === 0 ? (
        <DeskEmpty title={t('facilities.none')}>{t('facilities.none_text')}</DeskEmpty>
      ) : (
        <ul class="d-codes">
          {rows.map(({ token, code, name, area }) => (
            <li key={token}>
              {/* Drawn from the address alone. */}
              <div dangerouslySetInnerHTML={{ __html: qrSvg(`${publicUrl}/r/${token}`, t('facilities.code', { name })) }} />
              <b>{t('facilities.scan')}</b>
              <span>{name}</span>
              <span class="num">
                {code} · {shortArea(view, pack.areaIn(t, lang, area))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </DeskPage>
  )
}
