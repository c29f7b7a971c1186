/** Nobody outside this machine reaches such an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/** Of an address as it is written in a browser. */
export const isLoopbackUrl = (url: string): boolean => isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''))

/** What proxies add, and nobody who sits at this machine. */
const PASSED_ON = /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip)$/

/**
 * A request that somebody passed on, or whose browser was told another name for this machine (DNS rebinding: a foreign page whose name
 * leads to 127.0.0.1 reads everything under that name).
 */
export function comesFromElsewhere(headers: Readonly<Record<string, unknown>>): boolean {
  if (Object.keys(headers).some((name) => PASSED_ON.test(name))) return true
  const host = /^(\[[\da-f:.]+\]|[^:[\]]+)(:\d+)?$/i.exec(String(headers.host ?? ''))?.[1]
  return host === undefined || !isLoopback(host.replace(/^\[|\]$/g, '').toLowerCase())
}
