/**
 * Writes docs/audit-events.md and docs/openapi.json from the use cases and routes themselves, and docs/outreach-cover.md from
 * the pack; a test fails when they are stale. Run: node --import ./bin/tsx-hook.mjs scripts/make-docs.ts
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import '../src/node.ts'
import { CONSOLE } from '../src/commands/record.ts'
import type { Rooms } from '../src/modules/rooms.ts'
import { type ApiRoute, createApi } from '../src/platform/http/api.ts'
import { declared, type UseCase } from '../src/platform/use-case/use-case.ts'
import { loadWords, type Words } from '../src/platform/words.ts'
import { outreachCover } from './outreach-cover.ts'

const root = join(import.meta.dirname, '..')

/** The room's routes as they are registered, without a database behind them. */
async function apiOf(): Promise<{ openapi: object; routes: ApiRoute[] }> {
  const app = fastify() as unknown as FastifyInstance
  app.setValidatorCompiler(() => () => true)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Kaifong 街坊', version: '1' } },
    hideUntagged: true,
  })
  const routes: ApiRoute[] = []
  const api = createApi(app, 'http://127.0.0.1', routes)
  // Rooms only register here: whatever else they are handed answers nothing.
  // As text it is an address: a room reads its own host before anything is asked of it.
  const text = () => 'https://nowhere.invalid'
  const nothing: unknown = new Proxy(() => nothing, { get: (_, key) => (key === Symbol.toPrimitive ? text : nothing) })
  const rooms = {
    app: nothing,
    platform: nothing,
    pages: nothing,
    pool: nothing,
    api,
    demo: false,
    cast: null,
    outbox: null,
    identity: { staff: null, residents: null },
    secureCookies: false,
    smsSecret: null,
    figures: async () => [],
    waits: async () => [],
    assessment: async () => ({ text: '', tone: 'info' }),
  } as Rooms
  for (const file of globSync('src/modules/*/index.ts', { cwd: root }).sort()) {
    const room = (await import(join(root, file))) as Record<string, unknown>
    // A room's own register has the name of its folder; whatever else is there is lent to other rooms.
    const name = basename(dirname(file)).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    const register = room[name]
    if (typeof register !== 'function') throw new Error(`${file} has no register ${name}`)
    register(rooms)
  }
  if (routes.length === 0) throw new Error('no routes were read')
  await app.ready()
  const openapi = app.swagger()
  await app.close()
  return { openapi, routes }
}

/** The first sentence above a declaration: what the operation means to who reads the audit. */
function commentsOf(): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const m of text.matchAll(
      /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export const \w+ = (?:command|batch|query|personRead|file|job)\(\{\s*operation: '([\w.-]+)'/g,
    )) {
      const words = (m[1] ?? '')
        .replace(/^\s*\* ?/gm, ' ')
        .replace(/\s+/g, ' ')
        .trim()
      found.set(m[2]!, words)
    }
  }
  return found
}

function meaningOf(operation: string, words: Words, comments: Map<string, string>): string {
  const key = words.keys().find((k) => k.endsWith(`.${operation}`))
  const said = comments.get(operation) ?? ''
  return [key ? `${words.in('zh')(key)} · ${words.in('en')(key)}.` : '', said].filter(Boolean).join(' ').replaceAll('|', '\\|')
}

const AUDITED = {
  command: 'done, or the code of the refusal',
  batch: 'nothing by itself: every act in it is a command',
  job: 'done',
  personRead: 'no row here: one entry of the look (查阅) a person, committed first',
  file: 'no row here: one entry of the look (查阅) when it is somebody else’s',
  query: 'no row: nobody else is identified',
} as const satisfies Record<UseCase['kind'], string>

function auditEvents(routes: readonly ApiRoute[], words: Words): string {
  const comments = commentsOf()
  const all = [...declared.values()].sort((a, b) => (a.operation < b.operation ? -1 : 1))
  const rooms = [...new Set(all.map((u) => u.operation.split('.')[0]!))]
  const line = (u: UseCase) => {
    const paths = routes.filter((r) => r.useCase.operation === u.operation).map((r) => `\`${r.method} ${r.path}\``)
    const cells = [
      `\`${u.operation}\``,
      u.kind,
      u.permission ? `\`${u.permission}\`` : '—',
      u.actors.join(', '),
      u.level ?? '—',
      meaningOf(u.operation, words, comments),
      paths.join('<br>') || '—',
    ]
    return `| ${cells.join(' | ')} |`
  }
  return `<!-- Written by scripts/make-docs.ts. Change the use case, then run it. -->
# Audit events 审计事件

Every operation of the house, ${all.length} in all. An operation never changes its name: audit, idempotency and the API rest on it.
“Permission” is what a post must be granted; “level” is the least identity of a resident. “Actors” may try at all, everybody
else is refused before anything is read. Who may do what to whom is \`test/permissions.csv\`.

| Kind | What \`platform.audit\` holds as outcome |
|---|---|
${Object.entries(AUDITED)
  .map(([kind, text]) => `| ${kind} | ${text} |`)
  .join('\n')}
${rooms
  .map(
    (room) => `
## ${room}

| Operation | Kind | Permission | Actors | Level | Meaning | API |
|---|---|---|---|---|---|---|
${all
  .filter((u) => u.operation.startsWith(`${room}.`))
  .map(line)
  .join('\n')}
`,
  )
  .join('')}
## console

The sealer writes one act by itself: \`audit.let-go\`, a month of a log that was let go; its object is the hash of the record.

What somebody did who has the machine in her hands. The row has the account of the machine as its schedule, and outcome \`done\`.

| Operation | Meaning |
|---|---|
${Object.entries(CONSOLE)
  .map(([operation, meaning]) => `| \`${operation}\` | ${meaning} |`)
  .join('\n')}
`
}

/** Path from the root to content. */
export async function makeDocs(): Promise<Record<string, string>> {
  const { openapi, routes } = await apiOf()
  return {
    'docs/audit-events.md': auditEvents(routes, loadWords(root)),
    'docs/openapi.json': `${JSON.stringify(openapi, null, 1)}\n`,
    'docs/outreach-cover.md': outreachCover(),
  }
}

if (import.meta.main) for (const [path, text] of Object.entries(await makeDocs())) writeFileSync(join(root, path), text)
