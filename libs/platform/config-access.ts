import { isNetwork } from './address-rule';

/** How people reach this installation, and how it reaches them. */
export interface AccessConfig {
  /** Where people's browsers find it, e.g. `https://vob.example.org`: links in mails, and the origin that changes are taken from. */
  publicOrigin: string;
  /** Addresses or networks whose `X-Forwarded-For` is believed; none by default. */
  trustedProxies: readonly string[];
  /** Where mail goes; without it none is sent. */
  mail?: MailConfig;
  /** Networks of our own in which an identity provider may be; others have to be public. */
  providerNetworks: readonly string[];
  /** Requests a minute that each is given, by all processes together. */
  requestsPerMinute: { key: number; person: number; source: number; entry: number };
}

/** A server, or for a demonstration a folder. */
export type MailConfig =
  | { kind: 'smtp'; url: string; from: string; requireTls: boolean }
  | { kind: 'folder'; path: string; from: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Collects a sentence with the remedy for each faulty setting. */
export function readAccessConfig(env: Environment, port: number, faults: string[]): AccessConfig {
  const mail = readMail(env, faults);
  return {
    publicOrigin: publicOrigin(env.PUBLIC_URL, port, faults),
    trustedProxies: proxies(env.TRUSTED_PROXIES, faults),
    ...(mail ? { mail } : {}),
    providerNetworks: readNetworks(env, 'PROVIDER_NETWORKS', faults),
    requestsPerMinute: {
      key: count(env, 'KEY_REQUESTS_PER_MINUTE', 30_000, faults),
      person: count(env, 'PERSON_REQUESTS_PER_MINUTE', 1_200, faults),
      source: count(env, 'WEBHOOKS_PER_MINUTE', 12_000, faults),
      entry: count(env, 'SIGN_INS_PER_MINUTE', 600, faults),
    },
  };
}

function count(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (!text) return fallback;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  faults.push(`${name} must be a whole number from 1 to 9999999, not "${text}"`);
  return fallback;
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

/** A list of networks, for addresses that people set. */
export function readNetworks(env: Environment, name: string, faults: string[]): string[] {
  const all = (env[name] ?? '').split(',').map((part) => part.trim());
  const given = all.filter((part) => part !== '');
  if (given.every(isNetwork)) return given;
  faults.push(`${name} must be addresses or networks separated by commas, e.g. 10.1.2.0/24`);
  return [];
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

/** The fault does not show the URL, which may hold a password. */
function readMail(env: Environment, faults: string[]): MailConfig | undefined {
  const { SMTP_URL: url, MAIL_FOLDER: path, MAIL_FROM: from } = env;
  if (!url && !path) return undefined;
  if (!from || !/^(?:[^\r\n<>@]{0,100}<)?[^\s@<>]{1,64}@[^\s@<>]{1,190}>?$/.test(from))
    faults.push('MAIL_FROM must be the address that mail comes from, e.g. "OpenVOB <openvob@example.org>"');
  if (!url) return { kind: 'folder', path: path ?? '', from: from ?? '' };
  const server = URL.canParse(url) ? new URL(url) : undefined;
  if (!server || !['smtp:', 'smtps:'].includes(server.protocol) || server.hostname === '' || server.search !== '')
    faults.push(
      'SMTP_URL must be an smtp:// (with STARTTLS) or smtps:// URL with a host and no options, e.g. smtp://user:password@mail.example.org:587',
    );
  const requireTls = server?.protocol === 'smtp:' && !isLoopback(server.hostname);
  return { kind: 'smtp', url, from: from ?? '', requireTls };
}

const shortestPassword = 12;
const tooUsual = /(pass(word|wd)?|postgres|openvob|redis|secret|change.?me|default|admin|example|123456)/i;

/**
 * A server that holds patient data or their queue has a password that nobody guesses; one on this machine may do without.
 * The fault does not show it.
 */
export function refuseWeakPassword(name: string, url: string, faults: string[]): void {
  if (!URL.canParse(url)) return;
  const { password, hostname } = new URL(url);
  const plain = decodeURIComponent(password);
  if (plain === '' && (hostname === '' || isLoopback(hostname))) return;
  if (plain.length < shortestPassword || tooUsual.test(plain) || new Set(plain).size < 6)
    faults.push(
      `${name} has a weak password: set one of at least ${shortestPassword} random characters, e.g. by openssl rand -hex 24`,
    );
}
