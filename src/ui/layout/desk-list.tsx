import type { ComponentChildren } from 'preact'
import { DeskPager, DeskSearch, DueCell, Filter, type FilterProps, Filters, Table, type TableProps, Tabs } from '../desk/list.tsx'
import { type Due, dueWords } from '../due.ts'
import { formatDay } from '../format.ts'
import type { Tone } from '../tone.ts'
import { DeskHead, DeskPage, type DeskPageProps, type ShownPost } from './desk-page.tsx'

/** What the address of a list may say. Lists are code, the rest are filters. */
export interface ListAddress {
  list: string
  number?: string
  page: number
}

interface DeskListProps<R, L extends string, A extends ListAddress & { list: L }> {
  shell: Omit<DeskPageProps, 'title' | 'children' | 'post'> & { post: ShownPost }
  title: string
  /** Address of the list, without its query. */
  base: string
  asked: A
  /** Label of the search by number. */
  find: string
  /** Buttons at the head. */
  actions?: ComponentChildren
  lists: readonly L[]
  listName: (list: L) => string
  counts?: Readonly<Record<L, number>>
  /** Where counting ended: what is more is said as “so many and more”. */
  counted?: number
  /** Lists whose count is told in colour. */
  urgent?: readonly L[]
  /** Names of filters are keys of `asked`. */
  filters: readonly (Omit<FilterProps, 'value'> & { name: Exclude<keyof A & string, 'list' | 'number' | 'page'> })[]
  /** In what order the rows stand. */
  note: string
  pageSize: number
  more: boolean
  /** Put as the first column, and told by the edge of the row. */
  due: { title: string; of: (row: R) => Due }
  columns: TableProps<R>['columns']
  rows: readonly R[]
  keyOf: (row: R) => string
  empty: ComponentChildren
}

const EDGES: readonly Tone[] = ['bad', 'warn', 'hold']

/** A list that waits for this post: head with search, a tab for each list, filters, what is due first at the top, pager. */
export function DeskList<R, L extends string, A extends ListAddress & { list: L }>(props: DeskListProps<R, L, A>) {
  const { shell, title, base, asked, filters, rows, due, counts, urgent = [] } = props
  const { view } = shell
  const address = (change: Partial<Record<string, string>>): string => {
    const { page: _, ...said } = asked
    const all = Object.entries({ ...said, ...change }).filter((one): one is [string, string] => Boolean(one[1]))
    return `${base}?${new URLSearchParams(all)}`
  }
  const from = (asked.page - 1) * props.pageSize + 1
  return (
    <DeskPage {...shell} title={title}>
      <DeskHead title={title} note={`${formatDay(view.today, view.lang)} · ${shell.post.scope}`}>
        <DeskSearch action={base} name="number" label={props.find} placeholder={props.find} value={asked.number} />
        {props.actions}
      </DeskHead>
      <Tabs
        label={title}
        items={props.lists.map((list) => ({
          href: address({ list }),
          label: props.listName(list),
          ...(counts ? { count: counts[list] } : {}),
          ...(props.counted ? { counted: props.counted } : {}),
          on: list === asked.list,
          ...(urgent.includes(list) ? { tone: 'bad' as const } : {}),
        }))}
      />
      <Filters
        view={view}
        action={base}
        keep={{ list: asked.list, ...(asked.number ? { number: asked.number } : {}) }}
        note={props.note}
      >
        {filters.map((filter) => {
          const value = asked[filter.name]
          return <Filter key={filter.name} {...filter} {...(typeof value === 'string' ? { value } : {})} />
        })}
      </Filters>
      {rows.length === 0 ? (
        props.empty
      ) : (
        <>
          <div class="card">
            <Table
              caption={title}
              keys
              stack
              rows={rows}
              keyOf={props.keyOf}
              toneOf={(row) => EDGES.find((edge) => edge === dueWords(view, due.of(row)).tone)}
              columns={[{ title: due.title, cell: (row) => <DueCell view={view} due={due.of(row)} /> }, ...props.columns]}
            />
          </div>
          <DeskPager
            view={view}
            from={from}
            to={from + rows.length - 1}
            {...(asked.page > 1 ? { previous: address({ page: String(asked.page - 1) }) } : {})}
            {...(props.more ? { next: address({ page: String(asked.page + 1) }) } : {})}
          />
        </>
      )}
    </DeskPage>
  )
}
