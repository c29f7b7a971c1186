/** What there is, in order; what does not apply is left out. */
export const listOf = <Item>(...items: (Item | false | null | undefined)[]): Item[] =>
  items.filter((item): item is Item => Boolean(item))
