/** From the fields of a page to what the use cases read: the parts of a day are `since-year` there and `since.year` here. */
export const typedOf = (body: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name.replace(/\.(year|month|day)$/, '-$1'), value]))

/** The three parts of a day as one, unread: `2026-2-3` becomes `2026-02-03`. '' when nothing was typed. */
export function dayTyped(body: Record<string, string>, name: string): string {
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((part) =>
    (body[`${name}.${part}`] ?? '').normalize('NFKC').trim(),
  )
  return year + month + day === '' ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
