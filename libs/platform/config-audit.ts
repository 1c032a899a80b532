/** Where the ends of the audit chains are told, beside the log. */
export interface AuditConfig {
  /** A file that each end is appended to. */
  headFile?: string;
  headWebhook?: { url: string; secret: string };
  /** A chain that grows is told this often at most, milliseconds. */
  headEveryMs: number;
  /** How soon lines are linked, milliseconds. */
  sealEveryMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Collects a sentence with the remedy for each faulty setting. */
export function readAuditConfig(env: Environment, faults: string[]): AuditConfig {
  const { AUDIT_HEAD_FILE: headFile, AUDIT_HEAD_URL: url, AUDIT_HEAD_SECRET: secret } = env;
  const isSafe = url === undefined || url === '' || (URL.canParse(url) && new URL(url).protocol === 'https:');
  if (!isSafe) faults.push('AUDIT_HEAD_URL must be an https:// URL that takes Standard Webhooks');
  if (url && !/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret ?? ''))
    faults.push('AUDIT_HEAD_URL needs AUDIT_HEAD_SECRET: whsec_ and 24 to 64 random bytes in base64');
  return {
    ...(headFile ? { headFile } : {}),
    ...(url && secret ? { headWebhook: { url, secret } } : {}),
    headEveryMs: milliseconds(env, 'AUDIT_HEAD_SECONDS', 300, faults),
    sealEveryMs: milliseconds(env, 'AUDIT_SEAL_SECONDS', 2, faults),
  };
}

function milliseconds(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (!text) return fallback * 1000;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 86_400) return Math.ceil(value * 1000);
  faults.push(`${name} must be seconds, more than 0 and at most 86400, not "${text}"`);
  return fallback * 1000;
}
