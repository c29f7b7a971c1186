import type { ComponentChildren, VNode } from 'preact'

interface Branch {
  /** Of whom it is asked; null of everybody. */
  when: string | null
  field: VNode
}

/**
 * Fields on one page of which some are meant only for who answered so above. Without script all of them are there, each under a
 * heading that says when it is meant.
 */
export function Branches({ fields }: { fields: readonly Branch[] }) {
  const groups: { when: string | null; fields: ComponentChildren[] }[] = []
  for (const { when, field } of fields) {
    const last = groups.at(-1)
    if (last && last.when === when) last.fields.push(field)
    else groups.push({ when, fields: [field] })
  }
  return (
    <>
      {groups.map((group, at) =>
        group.when === null ? (
          group.fields
        ) : (
          <fieldset key={at} class="govuk-fieldset k-branch">
            <legend class="k-branch__when">{group.when}</legend>
            {group.fields}
          </fieldset>
        ),
      )}
    </>
  )
}
