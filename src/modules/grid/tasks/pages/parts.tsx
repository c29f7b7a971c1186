import type { ComponentChildren } from 'preact'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskCard } from '../../../../ui/desk/index.ts'
import type { Tone, View } from '../../../../ui/index.ts'
import type { Status } from '../task.ts'

/** A code that the pack no longer has is shown as it stands. */
export function itemName({ lang }: View, pack: LoadedPack, code: string): string {
  const item = pack.incidents.admitted.find((one) => one.code === code)
  return item ? pick(item.name, lang) : code
}

export function lineName({ lang }: View, pack: LoadedPack, line: string): string {
  const domain = pack.pack.domains.find(({ code }) => code === line)
  return domain ? pick(domain.name, lang) : line
}

export const TONES: Readonly<Record<Status, Tone>> = {
  pushed: 'warn',
  given: 'info',
  done: 'warn',
  closed: 'good',
  returned: 'bad',
  withdrawn: 'plain',
}

/** What to do with something that is not on the list. */
export function HowToApply({ view, pack, children }: { view: View; pack: LoadedPack; children?: ComponentChildren }) {
  const { t, lang } = view
  const { approver, how } = pack.incidents.admission
  return (
    <DeskCard title={t('tasks.not_on_it')}>
      <p>{t('tasks.not_on_it_why')}</p>
      <p>
        <b>{t('tasks.approver')}</b> {pick(approver, lang)}
      </p>
      <p>
        <b>{t('tasks.how')}</b> {pick(how, lang)}
      </p>
      {children && <p>{children}</p>}
    </DeskCard>
  )
}
