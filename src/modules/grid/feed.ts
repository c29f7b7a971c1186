/** The public page as an Atom feed (RFC 4287). Pure. */

export interface FeedItem {
  id: string
  title: string
  href: string
  summary: string
  category: string
  reportedAt: Date
  changedAt: Date
}
export interface FeedHead {
  id: string
  title: string
  subtitle: string
  author: string
  self: string
  page: string
  lang: 'zh-Hans' | 'en'
  /** When there is no entry. */
  now: Date
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** XML 1.0 has no place for most control signs, escaped or not, nor for half a pair. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const safe = (text: string): string =>
  text
    .toWellFormed()
    .replace(NO_XML, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

export function atomOf(head: FeedHead, items: readonly FeedItem[]): string {
  const updated = new Date(Math.max(...items.map(({ changedAt }) => changedAt.getTime()), items[0] ? 0 : head.now.getTime()))
  const entries = items.map(
    (one) => `
  <entry>
    <id>${safe(one.id)}</id>
    <title>${safe(one.title)}</title>
    <link rel="alternate" type="text/html" href="${safe(one.href)}"/>
    <category term="${safe(one.category)}"/>
    <published>${one.reportedAt.toISOString()}</published>
    <updated>${one.changedAt.toISOString()}</updated>
    <summary>${safe(one.summary)}</summary>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${head.lang}">
  <id>${safe(head.id)}</id>
  <title>${safe(head.title)}</title>
  <subtitle>${safe(head.subtitle)}</subtitle>
  <author><name>${safe(head.author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${safe(head.self)}"/>
  <link rel="alternate" type="text/html" href="${safe(head.page)}"/>
  <updated>${updated.toISOString()}</updated>${entries.join('')}
</feed>
`
}
