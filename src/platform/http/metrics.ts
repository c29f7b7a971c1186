/**
 * /metrics in Prometheus' text form. Written here and not by prom-client: that keeps one registry a process (a test opens several
 * nodes in one) and forty default series; ours are a dozen, gathered when they are asked for. No label names a person or a case.
 */
import { timingSafeEqual } from 'node:crypto'
import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface Series {
  name: string
  help: string
  type: 'counter' | 'gauge'
  samples: readonly { labels?: Readonly<Record<string, string>>; value: number }[]
}

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))

const labelled = (labels: Readonly<Record<string, string>> = {}): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length > 0 ? `{${all.join(',')}}` : ''
}

/** Text of version 0.0.4 of the format. */
export const exposition = (series: readonly Series[]): string =>
  series
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`),
    ])
    .join('\n')
    .concat('\n')

/** Counts answers by class of status, and the time that they took. */
export function countRequests(app: FastifyInstance): () => Series[] {
  const counts = new Map<string, { n: number; seconds: number }>()
  app.addHook('onResponse', async (_request, reply) => {
    const kind = `${Math.floor(reply.statusCode / 100)}xx`
    const { n, seconds } = counts.get(kind) ?? { n: 0, seconds: 0 }
    counts.set(kind, { n: n + 1, seconds: seconds + reply.elapsedTime / 1000 })
  })
  return () => {
    const all = [...counts].map(([status, count]) => ({ labels: { status }, ...count }))
    return [
      {
        name: 'kaifong_http_requests_total',
        help: 'Requests answered, by class of status',
        type: 'counter',
        samples: all.map(({ labels, n }) => ({ labels, value: n })),
      },
      {
        name: 'kaifong_http_request_seconds_total',
        help: 'Time that answers took, by class of status',
        type: 'counter',
        samples: all.map(({ labels, seconds }) => ({ labels, value: seconds })),
      },
    ]
  }
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Whoever shows the token; without one only this machine itself, and not what a proxy on it passes on. */
export function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token) {
    const [given, wanted] = [String(request.headers.authorization ?? ''), `Bearer ${token}`].map((text) => Buffer.from(text))
    return given!.length === wanted!.length && timingSafeEqual(given!, wanted!)
  }
  if (['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined)) return false
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
