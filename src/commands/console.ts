/** What the console says: answers to standard output, whatever somebody must act on to standard error. */
import type { DemoCast } from '../demo/index.ts'
import type { Log } from '../platform/postgres/index.ts'

export const say = (text: string) => process.stdout.write(`${text}\n`)
export const warn = (text: unknown) => process.stderr.write(`${text}\n`)

/** Of the database's supervisor only what somebody must act on. */
export const quiet: Log = { info() {}, warn }

export function tellDemo(url: string, cast: DemoCast): void {
  say(`\n演示居民 Demo residents: ${url}/sign-in, codes at ${url}/demo/outbox`)
  for (const r of cast.residents) say(`  ${r.phone}  ${r.story ? `${r.name}：${r.story.zh}` : r.name}`)
  say(`\n演示人员 Demo officers: ${url}/desk, password ${cast.password}`)
  for (const o of cast.officers) say(`  ${o.username.padEnd(16)}  ${o.story.zh}`)
}

export const tellFirst = (url: string, token: string) =>
  say(`No administrator yet. Make the first one at ${url}/desk/first?token=${token} (once, within 24 hours)`)
