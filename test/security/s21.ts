import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, generateKeyRing, readConfig } from '@openvob/platform';
import { Fleet } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import type { Installation } from '../setup/on-each-backend';
import { requestFor } from '../setup/seed';
import { secretsIn, secretsInHistory } from '../supply-chain/secrets';
import { none, notMeasured } from './bar.rows';
import { overDatabase } from './bar.servers';
import { weakSettings } from './s21.settings';

const root = resolve(__dirname, __dirname.includes('/dist/') ? '../../..' : '../..');
const metricsToken = 'QTn5b1x0d8Lw2kVe7RzP4sHy';

/** S21: where secrets may not be, and starts without good ones. */
export async function run(): Promise<Measurement[]> {
  const found = [...secretsIn(root), ...secretsInHistory(root)];
  for (const place of found) console.error(`  ${place}`);
  const started = weakSettings().filter(isAccepted);
  for (const setting of started) console.error(`  taken: ${Object.keys(setting).join(', ')}`);
  const shown = await overDatabase(placesOfSecrets);
  for (const place of shown) console.error(`  ${place}`);
  return [
    none('secrets in files and in everything that was ever committed', found.length, 'places'),
    none('missing, weak and default secrets that a start takes', started.length, 'settings'),
    none('secrets in arguments, environments and logs of API and worker', shown.length, 'places'),
    notMeasured(
      'images',
      'needs a builder of images; docker/Dockerfile copies no file with secrets, and .dockerignore admits sources alone',
    ),
    notMeasured(
      'change of the database password without restart',
      'two log-ins and a rolling restart, see SECURITY.md',
    ),
  ];
}

function isAccepted(setting: Record<string, string>): boolean {
  try {
    readConfig({ DATABASE_URL: 'postgres://openvob_app@127.0.0.1/x', OPENVOB_KEYS: generateKeyRing(), ...setting });
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

/** Runs API and worker with their secrets in files, and looks at what the system and the logs show of them. */
async function placesOfSecrets(where: Installation): Promise<string[]> {
  const fleet = await Fleet.start({ ...where, withApi: false });
  try {
    const asFile = (name: string, text: string): string => {
      const path = join(fleet.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const settings = {
      DATABASE_URL: '',
      DATABASE_URL_FILE: asFile('database-url', where.applicationUrl),
      METRICS_TOKEN: '',
      METRICS_TOKEN_FILE: asFile('metrics-token', metricsToken),
      LOG_LEVEL: 'debug',
    };
    const children = [await fleet.launch('api', settings), await fleet.launch('worker', settings)];
    await fleet.request(requestFor('NWH0010001'));
    await fleet.untilRested(1, 30_000);
    await fetch(`${fleet.apiUrl}/metrics`, { headers: { authorization: `Bearer ${metricsToken}x` } });
    const secrets = secretsOf(fleet, where);
    const places = children.flatMap(({ pid }) =>
      ['cmdline', 'environ'].map(
        (file) => [`/proc/${pid}/${file}`, readFileSync(`/proc/${pid}/${file}`, 'utf8')] as const,
      ),
    );
    return [...places, ...fleet.logs()].flatMap(([place, text]) =>
      secrets.filter(([, secret]) => text.includes(secret)).map(([what]) => `${place}: ${what}`),
    );
  } finally {
    await fleet.stop();
  }
}

function secretsOf(fleet: Fleet, { applicationUrl }: Installation): [what: string, secret: string][] {
  const ring = JSON.parse(readFileSync(join(fleet.folder, 'keys.json'), 'utf8')) as {
    index: string;
    keys: Record<string, string>;
  };
  return [
    ['the database password', new URL(applicationUrl).password],
    ['the metrics token', metricsToken],
    ['an API key', fleet.apiKey],
    ['the index key', ring.index],
    ...Object.values(ring.keys).map((key): [string, string] => ['a key', key]),
  ];
}
