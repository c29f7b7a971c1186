/** A resident's page of the groups where she lives: she joins and leaves by her own word. */
import {
  Button,
  Card,
  Empty,
  Form,
  formatDateTime,
  Inset,
  PageHead,
  type Problem,
  paths,
  ResidentPage,
  Section,
  Tag,
  Text,
  type View,
} from '../../../../ui/index.ts'
import type { OwnGroup } from '../store.ts'

interface Props {
  view: View
  groups: readonly OwnGroup[]
  /** Whom to ask where there is no group, by name; null for whoever is registered nowhere. */
  ask: { community: string; office: string } | null
  newKey: string
  problem?: Problem
}

export function OwnWatchPage({ view, groups, ask, newKey, problem }: Props) {
  const { t, lang, today } = view
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  const act = (path: string, id: string, label: string, secondary: boolean) => (
    <Form view={view} action={`/watch/${id}/${path}`} idempotencyKey={`${newKey}-${path}-${id.slice(-12)}`}>
      <Button kind={secondary ? 'secondary' : 'primary'} small>
        {label}
      </Button>
    </Form>
  )
  return (
    <ResidentPage view={view} title={t('watch.own')} back={{ href: paths.home, label: t('broadcast.to_home') }}>
      <PageHead title={t('watch.own')} lead={t('watch.lead')} />
      {problem && (
        <Inset>
          <p>{problem.message}</p>
        </Inset>
      )}
      {groups.length === 0 && (
        <Empty icon="users" title={t('watch.none_here')}>
          {ask ? t('watch.none_here_note', ask) : t('watch.no_home')}
          {view.hotline && (
            <>
              {' '}
              {t('watch.or_call')} <a href={`tel:${view.hotline}`}>{view.hotline}</a>
            </>
          )}
        </Empty>
      )}
      {groups.map((group) => (
        <Card key={group.id}>
          <h2 class="k-h2">{group.name}</h2>
          {group.member && (
            <p>
              <Tag tone="good">{t('watch.in_it_now')}</Tag>
            </p>
          )}
          <Text>{group.about}</Text>
          {!group.member && (
            <>
              <Text quiet>{t('watch.agree')}</Text>
              {act('join', group.id, t('watch.join'), false)}
            </>
          )}
          {group.member && (
            <Section title={t('watch.patrols')}>
              {group.patrols.length === 0 && <Text>{t('watch.no_patrols')}</Text>}
              {group.patrols.map((one) => (
                <div key={one.id}>
                  <Text>
                    {t('roster.span', { from: at(one.from), to: at(one.to) })} · {one.place}{' '}
                    <Tag tone={one.taken < one.needed ? 'warn' : 'good'}>
                      {one.taken < one.needed
                        ? t('watch.missing', { n: one.needed - one.taken, needed: one.needed })
                        : t('watch.enough', { n: one.taken })}
                    </Tag>
                  </Text>
                  {one.mine ? act('give-up', one.id, t('watch.give_up'), true) : act('take', one.id, t('watch.take'), false)}
                </div>
              ))}
            </Section>
          )}
          {group.member && act('leave', group.id, t('watch.leave'), true)}
        </Card>
      ))}
    </ResidentPage>
  )
}
