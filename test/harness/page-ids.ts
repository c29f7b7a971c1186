/**
 * What points where on a page: every id stands once, every label is of a field of its own form, and what is described or jumped to
 * is there. axe looks at none of it across forms: a doubled id is a finding to it only where something refers to it.
 */

const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/gi
const ATTRIBUTE = /([^\s=>"/]+)="([^"]*)"/g
/** What stands in these is no part of the page. */
const UNREAD = /<(script|style|textarea|template)\b([^>]*)>[\s\S]*?<\/\1>/gi

interface Tag {
  name: string
  attributes: Map<string, string>
  /** Which form of the page it stands in; 0 for none. */
  form: number
}

function tagsOf(html: string): Tag[] {
  const tags: Tag[] = []
  let form = 0
  let forms = 0
  for (const [, end, name = '', rest = ''] of html.replaceAll(UNREAD, '<$1$2></$1>').matchAll(TAG)) {
    const isForm = name.toLowerCase() === 'form'
    if (isForm) form = end ? 0 : ++forms
    if (end) continue
    tags.push({ name: name.toLowerCase(), form, attributes: new Map([...rest.matchAll(ATTRIBUTE)].map(([, n, v]) => [n!, v!])) })
  }
  return tags
}

/** Each finding in words; none on a sound page. */
export function strayIds(html: string): string[] {
  const tags = tagsOf(html)
  const found: string[] = []
  const byId = new Map<string, Tag>()
  for (const tag of tags) {
    const id = tag.attributes.get('id')
    if (id === undefined) continue
    if (byId.has(id)) found.push(`the id ${id} stands twice: in <${byId.get(id)!.name}> and <${tag.name}>`)
    else byId.set(id, tag)
  }
  for (const { name, form, attributes } of tags) {
    const of = attributes.get('for')
    if (name === 'label' && of !== undefined) {
      const target = byId.get(of)
      if (!target) found.push(`a label is for ${of}, which is not there`)
      else if (target.form !== form && !target.attributes.has('form'))
        found.push(`a label is for ${of}, which is in another form`)
    }
    for (const by of ['aria-describedby', 'aria-labelledby', 'aria-controls'] as const)
      for (const id of (attributes.get(by) ?? '').split(/\s+/).filter(Boolean))
        if (!byId.has(id)) found.push(`${by} of a <${name}> names ${id}, which is not there`)
    const to = attributes.get('href')
    if (name === 'a' && to !== undefined && /^#./.test(to) && !byId.has(decodeURIComponent(to.slice(1))))
      found.push(`a link jumps to ${to}, which is not there`)
  }
  return found
}
