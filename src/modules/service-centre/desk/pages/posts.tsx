import { type HeldPost, isHeldOn } from '../../../../core/access/index.ts'
import { DeskButton, DeskCard, Note } from '../../../../ui/desk/index.ts'
import { DoorPage, Form, formatDate, paths, type ShownPost, SignOut, type View } from '../../../../ui/index.ts'

export interface PostsProps {
  view: View
  posts: readonly { held: HeldPost; shown: ShownPost }[]
  next?: string
  /** Why the post that was chosen cannot be used. */
  message?: string
}

/** The posts in force to choose from; those that have ended or are to come are shown with their dates and cannot be chosen. */
export function PostsPage({ view, posts, next, message }: PostsProps) {
  const { t, today, lang } = view
  const inForce = posts.filter(({ held }) => isHeldOn(held, today))
  const others = posts.filter(({ held }) => !isHeldOn(held, today))
  return (
    <DoorPage
      view={view}
      title={t(inForce.length > 0 ? 'desk.posts.title' : 'desk.posts.none_title')}
      {...(inForce.length > 0 ? { note: t('desk.posts.note') } : {})}
    >
      {message && (
        <Note tone="bad" live>
          {message}
        </Note>
      )}
      {inForce.length === 0 && <Note tone="warn">{t('desk.posts.none')}</Note>}
      {inForce.length > 0 && (
        <Form view={view} action={paths.deskPost} class="d-acts">
          {next && <input type="hidden" name="next" value={next} />}
          {inForce.map(({ held, shown }) => (
            <DeskButton key={held.id} wide name="postId" value={held.id}>
              {shown.name}
              <small class="k-quiet">{[shown.scope, held.organisationName].join(' · ')}</small>
            </DeskButton>
          ))}
        </Form>
      )}
      {others.length > 0 && (
        <DeskCard title={t('desk.posts.not_now')}>
          {others.map(({ held, shown }) => (
            <p class="k-quiet" key={held.id}>
              <b>{shown.name}</b> {held.organisationName} ·{' '}
              {held.validFrom > today
                ? t('desk.posts.from', { day: formatDate(held.validFrom, lang, today) })
                : t('desk.posts.ended', { day: formatDate(held.validTo ?? held.validFrom, lang, today) })}
            </p>
          ))}
        </DeskCard>
      )}
      {inForce.length === 0 && (
        <p>
          <a href={paths.deskSecurity}>{t('ui.desk.security')}</a>
        </p>
      )}
      <p>
        <SignOut view={view} desk />
      </p>
    </DoorPage>
  )
}
