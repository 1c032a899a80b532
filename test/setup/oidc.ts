import { fork } from 'node:child_process';
import { join } from 'node:path';

export const clientSecret = 'a-secret-of-the-tests-that-is-long-enough';

/** A real OpenID provider (`oidc-provider`) in a process of its own. */
export interface RealProvider {
  readonly issuer: string;
  stop(): void;
}

/** @param redirectUri where it may send browsers back to */
export async function startProvider(redirectUri: string): Promise<RealProvider> {
  // It stands beside the sources alone: what was built starts it there too.
  const folder = __dirname.replace(/\/dist(?=\/test\/setup$)/, '');
  const child = fork(join(folder, 'oidc-provider.mjs'), [redirectUri], { silent: true });
  const issuer = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { issuer: string }) => resolve(message.issuer));
    child.once('exit', (code) => reject(new Error(`The provider ended with code ${code}`)));
  });
  return { issuer, stop: () => void child.kill() };
}

/**
 * What a browser does at the provider: goes there, signs in as somebody, and is sent back.
 *
 * @param account undefined to decline
 * @returns the path and query that it is sent back to
 */
export async function throughProvider(url: string, account: string | undefined): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  for (let hops = 0; hops < 10; hops++) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(at, { redirect: 'manual', headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = new URL(response.headers.get('location') ?? '', at);
    if (next.pathname === '/v1/session/providers/callback') return `${next.pathname}${next.search}`;
    if (response.status < 300 || response.status > 399) throw new Error(`The provider answered ${response.status}`);
    if (next.pathname.startsWith('/interaction/') && account) next.searchParams.set('account', account);
    at = next.href;
  }
  throw new Error('The provider sends the browser in circles');
}
