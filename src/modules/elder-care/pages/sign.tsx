import type { LoadedPack } from '../../../core/matters/index.ts'
import { DeskButton, DeskCard } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import type { Seen } from '../assessment.ts'
import type { AssessmentPage as ReadPage } from '../use-cases.ts'
import { SeenView } from './parts.tsx'

interface SignProps extends DeskShell {
  pack: LoadedPack
  page: ReadPage
  seen: Seen
  body: Readonly<Record<string, string>>
  newKey: string
}

/** What will be signed, before it is. */
export function SignPage({ pack, page, seen, body, newKey, ...shell }: SignProps) {
  const { view } = shell
  const { t } = view
  const action = `/desk/cases/${page.caseId}/assessment`
  return (
    <DeskPage {...shell} title={t('care.sign_title')}>
      <DeskHead crumbs={[{ href: action, label: t('care.title') }]} title={t('care.sign_title')} note={page.number} />
      <DeskCard title={t('care.sign_card')}>
        <SeenView view={view} pack={pack} seen={seen} area={page.originArea} />
        <Form view={view} action={action} idempotencyKey={newKey}>
          {Object.entries({ ...body, sure: 'yes' }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <DeskButton kind="primary">{t('care.sign')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
