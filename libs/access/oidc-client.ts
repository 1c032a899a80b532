import { type Http, HttpFailure } from '@openvob/platform';
import type { Configuration, CustomFetch } from 'openid-client';
import { type IdentityProvider, ProviderFault, type ProviderProbe } from './identity-providers';

type ClientFacts = Pick<IdentityProvider, 'issuer' | 'clientId' | 'clientSecret'>;

/** What a sign-in by a provider has to remember until the browser comes back. */
export interface OidcRequest {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom a provider says that somebody is. */
export interface OidcClaims {
  subject: string;
  /** Only when the provider says that it is verified. */
  email?: string;
}

type Claims = Readonly<Record<string, unknown>>;

const scope = 'openid email profile';
const timeoutMs = 10_000;
const longestAnswer = 512 * 1024;
/** By so much the provider's clock may differ. */
const clockToleranceSeconds = 30;
/** What it publishes about itself is read anew after so long. */
const rememberMs = 10 * 60_000;

/**
 * The authorization code flow with PKCE (RFC 9700; OpenID Connect Core 3.1), by `openid-client`. Every answer is checked in full: issuer,
 * audience, nonce, times, and the signature, which that library leaves out by default where the answer comes over TLS.
 */
export class OidcClient implements ProviderProbe {
  private readonly known = new Map<string, { config: Promise<Configuration>; readAt: number }>();

  /** @param isLocal whether an issuer on this machine may be asked without TLS */
  constructor(
    private readonly parts: { http: Http; redirectUri: string; isLocal(issuer: URL): boolean; now(): number },
  ) {}

  async probe(facts: ClientFacts): Promise<void> {
    await this.discover(facts);
  }

  /** Where the browser goes, and what is remembered until it comes back. @throws ProviderFault */
  async begin(provider: IdentityProvider): Promise<{ url: string; request: OidcRequest }> {
    const client = await import('openid-client');
    const config = await this.configOf(provider);
    const verifier = client.randomPKCECodeVerifier();
    const request = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: this.parts.redirectUri,
      scope,
      state: request.state,
      nonce: request.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    if (!this.mayAsk(url)) throw new ProviderFault('not_believed', 'authorization_endpoint');
    return { url: url.href, request };
  }

  /** Whom the provider vouches for. @param query what it sent the browser back with. @throws ProviderFault */
  async finish(provider: IdentityProvider, request: OidcRequest, query: string): Promise<OidcClaims> {
    const client = await import('openid-client');
    const config = await this.configOf(provider);
    const checks = {
      expectedState: request.state,
      expectedNonce: request.nonce,
      pkceCodeVerifier: request.verifier,
      idTokenExpected: true,
    };
    const url = new URL(`${this.parts.redirectUri}?${query}`);
    const tokens = await client.authorizationCodeGrant(config, url, checks).catch((error: unknown) => {
      throw faultOf(error);
    });
    const claims: Claims = tokens.claims() ?? {};
    const subject = claims.sub;
    if (typeof subject !== 'string' || subject === '' || subject.length > 255)
      throw new ProviderFault('not_believed', 'subject');
    const asksMore = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
    const { email, email_verified: isVerified } = asksMore
      ? await this.askUser(config, tokens.access_token, subject)
      : claims;
    return typeof email === 'string' && isVerified === true ? { subject, email } : { subject };
  }

  /** Providers may leave the address out of the token (OpenID Connect Core 5.4); the answer has to be about the same subject. */
  private async askUser(config: Configuration, accessToken: string, subject: string): Promise<Claims> {
    const client = await import('openid-client');
    return client.fetchUserInfo(config, accessToken, subject).catch((error: unknown) => {
      throw faultOf(error);
    });
  }

  private configOf(provider: IdentityProvider): Promise<Configuration> {
    const key = JSON.stringify([provider.id, provider.issuer, provider.clientId, provider.clientSecret]);
    const known = this.known.get(key);
    if (known && this.parts.now() - known.readAt < rememberMs) return known.config;
    const config = this.discover(provider);
    this.known.set(key, { config, readAt: this.parts.now() });
    config.catch(() => this.known.delete(key));
    return config;
  }

  private async discover({ issuer, clientId, clientSecret }: ClientFacts): Promise<Configuration> {
    const client = await import('openid-client');
    const server = new URL(issuer);
    if (!this.mayAsk(server)) throw new ProviderFault('unreachable', 'issuer');
    const metadata = { [client.clockTolerance]: clockToleranceSeconds };
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    const execute = [
      client.enableNonRepudiationChecks,
      ...(this.parts.isLocal(server) ? [client.allowInsecureRequests] : []),
    ];
    const options = { execute, timeout: timeoutMs / 1000, [client.customFetch]: fetchBy(this.parts.http) };
    try {
      return await client.discovery(server, clientId, metadata, authentication, options);
    } catch (error) {
      throw faultOf(error);
    }
  }

  private mayAsk(url: URL): boolean {
    return url.protocol === 'https:' || (url.protocol === 'http:' && this.parts.isLocal(url));
  }
}

/** The library's way out is ours: public addresses alone, a deadline, a cap, no redirects. */
function fetchBy(http: Http): CustomFetch {
  return async (url, { method, headers, body }) => {
    const sent = await http.send({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      timeoutMs,
      maxResponseBytes: longestAnswer,
    });
    const mayHaveBody = ![204, 205, 304].includes(sent.status);
    return new Response(mayHaveBody ? sent.body : null, { status: sent.status, headers: sent.headers });
  };
}

/** What went wrong by its code: messages of the library quote tokens. */
function faultOf(error: unknown): ProviderFault {
  if (error instanceof ProviderFault) return error;
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
  if (error instanceof HttpFailure) return new ProviderFault('unreachable', error.why);
  if (cause instanceof HttpFailure) return new ProviderFault('unreachable', cause.why);
  const label = typeof code === 'string' && /^\w{1,60}$/.test(code) ? code.toLowerCase() : 'unexpected';
  if (noAnswer.has(label)) return new ProviderFault('unreachable', label);
  return new ProviderFault(name === 'AuthorizationResponseError' ? 'refused' : 'not_believed', label);
}

/** It answered, but not as a provider does: a proxy's error page, an outage. */
const noAnswer = new Set(['oauth_timeout', 'oauth_response_is_not_conform', 'oauth_response_is_not_json']);
