/**
 * An identity service by OpenID Connect: authorization code with PKCE, state and nonce, by openid-client. What comes out is
 * issuer and subject, which an account was linked to before; no e-mail and no name is looked at.
 */
import { readFileSync } from 'node:fs'
import * as client from 'openid-client'
import { isLoopback } from '../loopback.ts'
import type { OidcSettings } from '../oidc-settings.ts'
import { Refusal } from '../refusal.ts'

export interface Identity {
  issuer: string
  subject: string
  /** The service said that it asked for a second factor, in words that the settings know. */
  secondFactor: boolean
}

export interface IdentityService {
  label: string
  issuer: string
  /** `kept` goes into a sealed cookie, and comes back to `finish` once. */
  start(redirectUri: string): Promise<{ url: string; kept: string }>
  /** Refusal: account.identity_failed, whatever was wrong. */
  finish(kept: string, currentUrl: URL): Promise<Identity>
}

interface Kept {
  state: string
  nonce: string
  verifier: string
}

export function createIdentityService(settings: OidcSettings): IdentityService {
  const secret =
    'text' in settings.clientSecret ? settings.clientSecret.text : readFileSync(settings.clientSecret.file, 'utf8').trim()
  let found: Promise<client.Configuration> | undefined
  // Asked for when somebody signs in, not at start: the street must open when the service is down.
  const configuration = (): Promise<client.Configuration> => {
    const issuer = new URL(settings.issuer)
    const local = issuer.protocol === 'http:' && isLoopback(issuer.hostname)
    found ??= client
      .discovery(issuer, settings.clientId, secret, undefined, {
        timeout: 10,
        ...(local ? { execute: [client.allowInsecureRequests] } : {}),
      })
      .catch((error) => {
        found = undefined
        throw error
      })
    return found
  }
  const failed = (cause: unknown): Refusal => Object.assign(new Refusal('account.identity_failed', 'conflict'), { cause })

  return {
    label: settings.label,
    issuer: settings.issuer,

    async start(redirectUri) {
      try {
        const config = await configuration()
        const kept: Kept = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        }
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'openid',
          state: kept.state,
          nonce: kept.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
          code_challenge_method: 'S256',
          // Whoever signs in to a desk shows it now: a session that somebody left open at the service is none of hers.
          prompt: 'login',
        })
        return { url: url.href, kept: JSON.stringify(kept) }
      } catch (error) {
        throw failed(error)
      }
    },

    async finish(kept, currentUrl) {
      try {
        const { state, nonce, verifier } = JSON.parse(kept) as Kept
        const tokens = await client.authorizationCodeGrant(await configuration(), currentUrl, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('no ID token')
        const said = [claims.amr, claims.acr].flat().filter((one) => typeof one === 'string')
        return {
          issuer: claims.iss,
          subject: claims.sub,
          secondFactor: said.some((one) => settings.secondFactor.includes(one)),
        }
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
