/** 代办 at the window: for who has no phone. The code is shown this once and goes to whoever she trusts. */

import { documentsSeen } from '../../../../core/access/index.ts'
import type { Matter } from '../../../../core/matters/index.ts'
import type { Hit } from '../../../../core/people/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { Checkboxes, DateField, DeskHead, DeskPage, type Errors, Form, Radios, TextField } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

interface Props extends DeskShell {
  hit: Hit
  matters: readonly Matter[]
  chosen: string[]
  until: { year: string; month: string; day: string }
  seen: boolean
  /** Fields as they were typed. */
  typed: Readonly<Record<string, string>>
  newKey: string
  /** Made just now. */
  code?: string
  ended?: boolean
  /** Sent again, too late to show the code once more. */
  shownBefore?: boolean
  errors?: Errors
  problem?: string
}

export function WindowProxiesPage(props: Props) {
  const { hit, matters, chosen, until, seen, typed, newKey, code, ended, shownBefore, errors, problem, ...shell } = props
  const { view } = shell
  const { t, lang } = view
  const home = { href: `/desk/people/${hit.personId}`, label: hit.shownName }
  const given = errors ? { errors } : {}
  return (
    <DeskPage {...shell} {...given} title={t('window.proxies.title')} current="/desk/people">
      <DeskHead title={t('window.proxies.title')} crumbs={[{ href: '/desk/people', label: t('desk.nav.people') }, home]} />
      {problem && (
        <Note tone="bad" live>
          {problem}
        </Note>
      )}
      {ended && (
        <Note tone="good" live>
          {t('window.proxies.ended')}
        </Note>
      )}
      {shownBefore && (
        <Note tone="warn" live>
          {t('window.proxies.shown_before')}
        </Note>
      )}
      {code && (
        <DeskCard title={t('window.proxies.code')} raised>
          <p>
            <code class="k-proxy-code">{code}</code>
          </p>
          <Note tone="warn" live>
            {t('window.proxies.once')}
          </Note>
          <div class="d-acts">
            <DeskButton href={`/desk/people/${hit.personId}/proxies/given`}>{t('window.proxies.to_paper')}</DeskButton>
          </div>
        </DeskCard>
      )}
      <DeskCard title={t('window.proxies.give')}>
        <p>{t('window.proxies.lead', { name: hit.shownName })}</p>
        <Form view={view} action={`/desk/people/${hit.personId}/proxies`} idempotencyKey={newKey}>
          <Radios
            view={view}
            name="documentSeen"
            label={t('window.phone.seen')}
            value={typed.documentSeen ?? ''}
            {...given}
            options={documentsSeen.map((value) => ({ value, label: t(`access.document.${value}`) }))}
          />
          <TextField
            view={view}
            name="named"
            label={t('window.proxies.named')}
            hint={t('window.proxies.named_hint')}
            value={typed.named ?? ''}
            autocomplete="off"
            {...given}
          />
          <TextField
            view={view}
            name="reason"
            label={t('window.proxies.reason')}
            hint={t('window.proxies.reason_hint')}
            value={typed.reason ?? ''}
            autocomplete="off"
            {...given}
          />
          <Checkboxes
            view={view}
            name="matters"
            label={t('window.proxies.which')}
            values={chosen}
            options={matters.map((matter) => ({ value: matter.code, label: pick(matter.name, lang) }))}
            {...given}
          />
          <DateField
            view={view}
            name="validTo"
            label={t('window.proxies.until')}
            hint={t('window.proxies.until_hint')}
            value={until}
            {...given}
          />
          <Checkboxes
            view={view}
            name="signedPaper"
            label={t('window.proxies.paper')}
            values={seen ? ['seen'] : []}
            options={[{ value: 'seen', label: t('window.proxies.paper_seen') }]}
            {...given}
          />
          <DeskButton kind="primary">{t('window.proxies.make')}</DeskButton>
        </Form>
      </DeskCard>
      <DeskCard title={t('window.proxies.stop')}>
        <p>{t('window.proxies.stop_note')}</p>
        <div class="d-acts">
          <DeskButton href={`/desk/people/${hit.personId}/proxies/given`}>{t('window.proxies.stop_one')}</DeskButton>
        </div>
        <Form view={view} action={`/desk/people/${hit.personId}/proxies/end`} idempotencyKey={`${newKey}-end`}>
          <DeskButton kind="danger">{t('window.proxies.stop_all')}</DeskButton>
        </Form>
      </DeskCard>
    </DeskPage>
  )
}
