import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that hold a secret: each may stand in a file instead, where no list of processes and no dump of an environment shows it. */
const secretSettings = ['DATABASE_URL', 'REDIS_URL', 'METRICS_TOKEN', 'SMTP_URL', 'AUDIT_HEAD_SECRET'] as const;

/** The environment with the secrets that `NAME_FILE` names read from their files; `NAME` itself comes first. */
export function withSecretFiles(env: Environment, faults: string[]): Environment {
  const read: Record<string, string> = {};
  for (const name of secretSettings) {
    const file = env[`${name}_FILE`];
    if (!file || env[name]) continue;
    try {
      read[name] = readFileSync(file, 'utf8').trim();
    } catch {
      faults.push(`${name}_FILE cannot be read: set it to a file that this process may read`);
    }
  }
  return { ...env, ...read };
}
