/** What the pages of administration have in common. */
import type { ComponentChildren } from 'preact'
import { DeskButton, DeskCard, Note } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, type Problem } from '../../../ui/index.ts'
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
