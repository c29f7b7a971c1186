/** 代办 that somebody gave, read to her at the window: which one is to end, and the paper that she takes home. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { GivenProxy } from '../../../../core/people/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDate } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  personId: string
  name: string
  newKey: string
}

const factsOf = ({ view, pack }: Pick<Props, 'view' | 'pack'>, one: GivenProxy) => {
  const { t, lang, today } = view
  const names = one.matters.flatMap((code) => pack.matters.filter((m) => m.code === code).map((m) => pick(m.name, lang)))
  return [
    { name: t('window.proxies.named'), value: one.name ?? t('window.proxies.elsewhere') },
    { name: t('window.proxies.which'), value: names.join(t('desk.join')) },
    {
      name: t('window.proxies.term'),
      value: t('window.proxies.days', {
        from: formatDate(one.validFrom, lang, today),
        until: formatDate(one.validTo, lang, today),
      }),
    },
    { name: t('window.proxies.state'), value: t(`window.proxies.${one.state}`) },
  ]
}

export function GivenProxiesPage({
  pack,
  personId,
  name,
  newKey,
  proxies,
  done,
  ...shell
}: Props & { proxies: readonly GivenProxy[]; done: boolean }) {
  const { view } = shell
  const { t } = view
  const home = `/desk/people/${personId}/proxies`
  return (
    <DeskPage {...shell} title={t('window.proxies.given')} current="/desk/people">
      <DeskHead
        title={t('window.proxies.given')}
        crumbs={[
          { href: '/desk/people', label: t('desk.nav.people') },
          { href: home, label: t('window.proxies.title') },
        ]}
      />
      {done && (
        <Note tone="good" live>
          {t('window.proxies.ended')}
        </Note>
      )}
      <p>{t('window.proxies.given_lead', { name })}</p>
      {proxies.length === 0 && <p>{t('window.proxies.none')}</p>}
      {proxies.map((one) => (
        <DeskCard key={one.id} title={one.number ?? t('window.proxies.own')}>
          <Datagrid facts={factsOf({ view, pack }, one)} />
          <Form view={view} action={`${home}/${one.id}/end`} idempotencyKey={`${newKey}-${one.id.slice(0, 8)}`}>
            <div class="d-acts">
              {one.number && <DeskButton href={`${home}/${one.id}/paper`}>{t('window.proxies.paper_print')}</DeskButton>}
              <DeskButton kind="danger">{t('window.proxies.end_one')}</DeskButton>
            </div>
          </Form>
        </DeskCard>
      ))}
    </DeskPage>
  )
}

/** Both names, a number, what was seen, and how it ends. Printed and handed to her; the code is not on it. */
export function ProxyPaperPage({
  pack,
  personId,
  name,
  newKey: _,
  one,
  hotline,
  ...shell
}: Props & { one: GivenProxy; hotline: string }) {
  const { view } = shell
  const { t, lang } = view
  const home = `/desk/people/${personId}/proxies`
  return (
    <DeskPage {...shell} title={t('window.proxies.paper_title')} current="/desk/people">
      <DeskHead
        title={t('window.proxies.paper_title')}
        crumbs={[
          { href: '/desk/people', label: t('desk.nav.people') },
          { href: `${home}/given`, label: t('window.proxies.given') },
        ]}
      />
      <DeskCard title={t('window.proxies.number', { number: one.number ?? '' })} raised>
        <Datagrid
          facts={[
            { name: t('window.proxies.principal'), value: name },
            ...factsOf({ view, pack }, one).slice(0, 3),
            { name: t('window.proxies.card'), value: t(`access.document.${one.documentSeen}`) },
            { name: t('window.proxies.reason'), value: one.reason ?? '' },
            {
              name: t('window.proxies.officer'),
              value: [one.officerName, one.organisationName, formatDate(one.validFrom, lang)]
                .filter(Boolean)
                .join(t('desk.join')),
            },
          ]}
        />
        <p>{t('window.proxies.paper_says', { name: one.name ?? '', hotline })}</p>
      </DeskCard>
      {/* Acts are not printed. */}
      <div class="d-acts">{t('window.proxies.paper_how')}</div>
    </DeskPage>
  )
}
