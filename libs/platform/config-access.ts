/** How people reach this installation, and how it reaches them. */
export interface AccessConfig {
  /** Where people's browsers find it, e.g. `https://vob.example.org`: links in mails, and the origin that changes are taken from. */
  publicOrigin: string;
  /** Addresses or networks whose `X-Forwarded-For` is believed; none by default. */
  trustedProxies: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Collects a sentence with the remedy for each faulty setting. */
export function readAccessConfig(env: Environment, port: number, faults: string[]): AccessConfig {
  return {
    publicOrigin: publicOrigin(env.PUBLIC_URL, port, faults),
    trustedProxies: proxies(env.TRUSTED_PROXIES, faults),
  };
}

/** Session cookies and links go over TLS; this machine alone may do without. */
function publicOrigin(text: string | undefined, port: number, faults: string[]): string {
  const fallback = `http://127.0.0.1:${port}`;
  if (!text) return fallback;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url.origin;
  faults.push(
    'PUBLIC_URL must be an https:// URL (http:// on this machine alone): set it to what people type into their browser',
  );
  return fallback;
}

/** Whether a host name stands for this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function proxies(text: string | undefined, faults: string[]): string[] {
  const all = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const unusable = all.some((part) => !/^[\da-f.:]+(\/\d{1,3})?$/i.test(part) || /^[\d.:]*\/0$/.test(part));
  if (unusable) faults.push('TRUSTED_PROXIES must be addresses or networks separated by commas, e.g. 10.0.0.0/8');
  return unusable ? [] : all;
}
