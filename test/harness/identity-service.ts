/** A whole identity service of the kind that staff sign in through: npm oidc-provider on loopback, whose people are names. */
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export interface TestIdentityService {
  issuer: string
  clientId: string
  clientSecret: string
  /** Goes to the service as a browser does, signs in there, and comes back. @returns the address it sends the browser to */
  visit(url: string, who: string, amr?: readonly string[]): Promise<string>
  close(): Promise<void>
}

export async function openIdentityService(redirectUri: string): Promise<TestIdentityService> {
  let wanted: { who: string; amr: readonly string[] } = { who: '', amr: [] }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const [clientId, clientSecret] = ['kaifong', 'a secret of this run only, and long enough']
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub', 'amr', 'acr'] },
    cookies: { keys: ['of this run only'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, email: 'same@example.org', preferred_username: 'same' }),
    }),
    interactions: { url: (_ctx, interaction) => `/people/${interaction.uid}` },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc
      const grant = new ctx.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/people/')) return answer(request, response)
    // Whoever comes here signs in as the one that the test named.
    provider
      .interactionFinished(request, response, { login: { accountId: wanted.who, amr: [...wanted.amr] } })
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  return {
    issuer,
    clientId,
    clientSecret,
    async visit(url, who, amr = ['pwd']) {
      wanted = { who, amr }
      const jar = new Map<string, string>()
      let at = url
      for (let hops = 0; hops < 8; hops++) {
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
        const reply = await fetch(at, { redirect: 'manual', headers: { cookie } })
        for (const line of reply.headers.getSetCookie()) {
          const [pair] = line.split(';')
          jar.set(pair!.slice(0, pair!.indexOf('=')), pair!.slice(pair!.indexOf('=') + 1))
        }
        const to = reply.headers.get('location')
        if (!to) throw new Error(`${at} answers ${reply.status}: ${(await reply.text()).slice(0, 500)}`)
        at = new URL(to, at).href
        if (!at.startsWith(issuer)) return at
      }
      throw new Error('the identity service leads in circles')
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
