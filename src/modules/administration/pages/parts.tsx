/** What the pages of administration have in common. */
import type { ComponentChildren } from 'preact'
import { DeskButton, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, type Problem, TextField, type View } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'

/** A refusal that is about no field of the form; one that is stands in the summary. */
export const Refused = ({ problem }: { problem: Problem | undefined }) =>
  problem && Object.keys(problem.errors).length === 0 ? (
    <Note tone="bad" live>
      {problem.message}
    </Note>
  ) : null

export interface LinkProps extends DeskShell {
  title: string
  /** The page that the link was asked for on, and where one goes from here. */
  home: { href: string; label: string }
  /** What is shown and that it is only here; without them a link. */
  box?: string
  once?: string
  link: string
  /** To whom and how it is given. */
  give: string
  next: ComponentChildren
}

/** A link that opens something once, shown this once: only its hash is kept. */
export function LinkOncePage({ title, home, box, once, link, give, next, ...shell }: LinkProps) {
  const { t } = shell.view
  return (
    <DeskPage {...shell} current={home.href} title={title}>
      <DeskHead title={title} crumbs={[home]} />
      <DeskCard title={box ?? t('administration.link.title')} raised>
        <Note tone="warn" live>
          {once ?? t('administration.link.once')}
        </Note>
        <p>
          <label class="govuk-label" for="link">
            {give}
          </label>
          <input class="govuk-input" id="link" type="text" readOnly value={link} />
        </p>
        <p class="k-quiet">{next}</p>
        <p class="k-actions">
          <DeskButton kind="primary" href={home.href}>
            {t('administration.link.copied')}
          </DeskButton>
        </p>
      </DeskCard>
    </DeskPage>
  )
}

interface AskedProps {
  view: View
  action: string
  newKey: string
  /** A reason is asked for, under this label. */
  reason?: { label: string; hint?: string; typed: string | undefined }
  problem?: Problem | undefined
}

function Asked({
  view,
  action,
  newKey,
  reason,
  problem,
  before,
  children,
}: AskedProps & { before?: ComponentChildren; children: ComponentChildren }) {
  return (
    <Form view={view} action={action} idempotencyKey={newKey}>
      {before}
      {reason && (
        <TextField
          view={view}
          name="reason"
          label={reason.label}
          {...(reason.hint ? { hint: reason.hint } : {})}
          value={reason.typed}
          errors={problem?.errors}
          maxLength={200}
        />
      )}
      <p class="k-actions">{children}</p>
    </Form>
  )
}

/** What another officer asked for: yes or no, with the reason. */
export const Decide = ({ typed, ...asked }: Omit<AskedProps, 'reason'> & { typed: string | undefined }) => {
  const { t } = asked.view
  const reason = { label: t('administration.approval.reason'), hint: t('administration.approval.reason_hint'), typed }
  return (
    <Asked {...asked} reason={reason}>
      <DeskButton kind="primary" name="decision" value="approve">
        {t('administration.approval.approve')}
      </DeskButton>
      <DeskButton kind="danger" name="decision" value="refuse">
        {t('administration.approval.refuse')}
      </DeskButton>
    </Asked>
  )
}

interface SureProps extends AskedProps {
  /** What the button does, in its words. */
  does: string
  back: string
  /** What is said before it, or goes with it unseen. */
  children?: ComponentChildren
}
/** Asks once before something that cannot be taken back. */
export const Sure = ({ does, back, children, ...asked }: SureProps) => (
  <Asked {...asked} before={children}>
    <DeskButton kind="danger">{does}</DeskButton>
    <DeskButton kind="quiet" href={back}>
      {asked.view.t('administration.back')}
    </DeskButton>
  </Asked>
)
