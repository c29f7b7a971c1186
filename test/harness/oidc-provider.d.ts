/** What the tests use of npm oidc-provider, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Context {
    oidc: {
      client?: { clientId: string }
      session?: { accountId?: string }
      provider: {
        Grant: new (of: { clientId: string; accountId: string }) => { addOIDCScope(scope: string): void; save(): Promise<string> }
      }
    }
  }
  interface Settings {
    clients: readonly { client_id: string; client_secret: string; redirect_uris: readonly string[] }[]
    claims: Readonly<Record<string, readonly string[]>>
    cookies: { keys: readonly string[] }
    features: { devInteractions: { enabled: boolean } }
    pkce: { required: () => boolean }
    findAccount: (ctx: Context, sub: string) => { accountId: string; claims: () => Promise<Record<string, string>> }
    interactions: { url: (ctx: Context, interaction: { uid: string }) => string }
    loadExistingGrant: (ctx: Context) => Promise<object>
  }
  export default class Provider {
    constructor(issuer: string, settings: Settings)
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string; amr: readonly string[] } },
    ): Promise<void>
  }
}
