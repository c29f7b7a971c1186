/**
 * What stands in a database, as SQL that would make it again: read from PostgreSQL's own catalogue, in an order in which it can be run,
 * and the same text for the same structure on 17 and 18. Months of partitioned tables, rows and PostgreSQL's own schemas are left out.
 */
import type pg from 'pg'
import { JOBS_SCHEMA } from '../jobs.ts'

/** Schemas that the migrations make. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', '${JOBS_SCHEMA}') and n.nspname !~ '^pg_'`
/** Of the objects of a class: none of an extension. */
const own = (catalogue: string, oid: string): string =>
  `not exists (select from pg_depend x where x.classid = '${catalogue}'::regclass and x.objid = ${oid} and x.deptype = 'e')`
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and not c.relispartition and ${own('pg_class', 'c.oid')}`
const NAME = `format('%I.%I', n.nspname, c.relname)`

/** Defaults and constraints of tables call some; others are of a table's own type, which the table must come before. */
const functions = (ofRows: boolean): string =>
  `select n.nspname as of, p.proname || pg_get_function_identity_arguments(p.oid) as name, pg_get_functiondef(p.oid) || ';' as text
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS} and ${own('pg_proc', 'p.oid')}
      and ${ofRows ? '' : 'not '}exists (select from pg_type t join pg_class r on r.oid = t.typrelid left join pg_type e on e.typelem = t.oid
        where r.relkind <> 'c' and (t.oid in (p.prorettype, e.oid) or t.oid = any(p.proargtypes::oid[]) or p.prorettype = e.oid or e.oid = any(p.proargtypes::oid[])))`

/** Each asks for (`of`, the room's schema; `name`, its order within the part; `text`, one statement). */
const PARTS: readonly (readonly [title: string, sql: string])[] = [
  [
    'Schemas',
    `select n.nspname as of, n.nspname as name, format('create schema %I;', n.nspname)
      || coalesce(E'\\n' || format('comment on schema %I is %L;', n.nspname, obj_description(n.oid, 'pg_namespace')), '') as text from pg_namespace n where ${OURS}`,
  ],
  [
    'Types',
    `select n.nspname as of, t.typname as name, case t.typtype
        when 'e' then format('create type %I.%I as enum (%s);', n.nspname, t.typname, (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
        when 'd' then format('create domain %I.%I as %s%s%s;', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then ' not null' else '' end,
          (select string_agg(' ' || pg_get_constraintdef(k.oid), '' order by k.conname) from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
        else format('create type %I.%I as (%s);', n.nspname, t.typname, (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
          from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)) end as text
      from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
      where ${OURS} and (t.typtype in ('e', 'd') or (t.typtype = 'c' and c.relkind = 'c')) and ${own('pg_type', 't.oid')}`,
  ],
  [
    'Sequences',
    `select n.nspname as of, c.relname as name, format('create sequence %I.%I as %s start %s increment %s%s;', n.nspname, c.relname, format_type(s.seqtypid, null), s.seqstart, s.seqincrement,
        case when s.seqcycle then ' cycle' else '' end) as text
      from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('i', 'a'))`,
  ],
  ['Functions', functions(false)],
  [
    'Tables',
    `select n.nspname as of, c.relname as name, format(E'create %stable %s (\\n  %s\\n)%s;', case c.relpersistence when 'u' then 'unlogged ' else '' end, ${NAME},
        (select string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(l.collname) else '' end,
            case when a.attidentity <> '' then format(' generated %s as identity', case a.attidentity when 'a' then 'always' else 'by default' end)
              when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
              when a.attgenerated = 'v' then format(' generated always as (%s)', pg_get_expr(d.adbin, d.adrelid))
              when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
            case when a.attnotnull then ' not null' else '' end), E',\\n  ' order by a.attnum)
          from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_collation l on l.oid = a.attcollation left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
          || coalesce((select string_agg(format(E',\\n  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by array_position(array['p', 'u', 'x', 'c'], k.contype::text), k.conname collate "C")
            from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'x', 'c')), ''),
        case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end
          || coalesce((select ' with (' || string_agg(o, ', ' order by o collate "C") || ')' from unnest(c.reloptions) o), '')) as text
      from ${TABLES} and c.relkind in ('r', 'p')`,
  ],
  [
    'Parts of tables that are there before any month is',
    `select n.nspname as of, c.relname as name, format('create table %s partition of %s default;', ${NAME}, i.inhparent::regclass) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
      where ${OURS} and c.relkind = 'r' and pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT'`,
  ],
  [
    'References',
    `select n.nspname as of, c.relname || ' ' || k.conname as name, format('alter table %s add constraint %I %s;', ${NAME}, k.conname, pg_get_constraintdef(k.oid)) as text
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and not c.relispartition and k.contype = 'f' and k.conparentid = 0`,
  ],
  [
    'Indexes',
    `select n.nspname as of, c.relname || ' ' || o.relname as name, pg_get_indexdef(i.indexrelid) || ';' as text
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_class o on o.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and not c.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))`,
  ],
  [
    'Views',
    `select n.nspname as of, lpad(rank_of.place::text, 4, '0') as name,
        format(E'create view %s%s as\\n%s', ${NAME}, coalesce((select ' with (' || string_agg(o, ', ' order by o collate "C") || ')' from unnest(c.reloptions) o), ''), pg_get_viewdef(c.oid)) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join lateral (select count(*) as place from pg_class e where e.relkind = 'v' and e.oid < c.oid) rank_of on true
      where ${OURS} and c.relkind = 'v'`,
  ],
  ['Functions that take or give a row of a table or view', functions(true)],
  [
    'Triggers',
    `select n.nspname as of, c.relname || ' ' || g.tgname as name, pg_get_triggerdef(g.oid) || ';' as text
      from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} and not g.tgisinternal and g.tgparentid = 0`,
  ],
  [
    'Row security',
    `select n.nspname as of, c.relname as name, format('alter table %s enable row level security;', ${NAME})
        || case when c.relforcerowsecurity then format(E'\\nalter table %s force row level security;', ${NAME}) else '' end
        || coalesce((select string_agg(format(E'\\ncreate policy %I on %s%s for %s to %s%s%s;', p.polname, ${NAME}, case when p.polpermissive then '' else ' as restrictive' end,
            case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
            (select string_agg(case r when 0 then 'public' else pg_get_userbyid(r) end, ', ' order by pg_get_userbyid(r)) from unnest(p.polroles) r),
            coalesce(E'\\n  using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''), coalesce(E'\\n  with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')), '' order by p.polname collate "C")
          from pg_policy p where p.polrelid = c.oid), '') as text
      from ${TABLES} and c.relkind in ('r', 'p') and c.relrowsecurity`,
  ],
  [
    'What it says of itself',
    `select n.nspname as of, c.relname || ' ' || coalesce(lpad(d.objsubid::text, 4, '0'), '') as name,
        case d.objsubid when 0 then format('comment on %s %s is %L;', case c.relkind when 'v' then 'view' when 'S' then 'sequence' when 'i' then 'index' else 'table' end, ${NAME}, d.description)
          else format('comment on column %s.%I is %L;', ${NAME}, (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = d.objsubid), d.description) end as text
      from pg_description d join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass join pg_namespace n on n.oid = c.relnamespace where ${OURS}`,
  ],
]

/** One statement of the structure, of the schema `of`. */
export interface Statement {
  part: string
  of: string
  text: string
}

/** Everything but rights: test/architecture/grants.csv has those, column by column. */
export async function readSchema(client: pg.Client): Promise<Statement[]> {
  // Names are written in full only where nothing is on the path.
  await client.query(`set search_path = pg_catalog`)
  const found: Statement[] = []
  for (const [part, sql] of PARTS) {
    const { rows } = await client.query<{ of: string; text: string }>(
      `select "of", text from (${sql}) asked order by "of" collate "C", name collate "C", text collate "C"`,
    )
    found.push(...rows.map((row) => ({ part, ...row })))
  }
  await client.query('reset search_path')
  return found
}

/** As a file that a person reads: by part, then by schema. */
export const schemaText = (statements: readonly Statement[]): string =>
  statements
    .map(({ part, text }, n) => (statements[n - 1]?.part === part ? '' : `\n-- ${part}\n\n`) + text.trimEnd())
    .join('\n')
    .trimStart()
    .concat('\n')
