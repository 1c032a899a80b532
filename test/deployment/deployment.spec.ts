import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statuses } from '@openvob/verification';
import { load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { nodeOptionsFor } from '../../apps/standalone/processes';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const inFolder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  read_only?: boolean;
  secrets?: string[];
}
// Compose merges by `<<`, which is YAML 1.1.
const compose = load(read('docker/compose.yaml'), { schema: YAML11_SCHEMA }) as { services: Record<string, Service> };
const programs = ['migrate', 'api', 'worker'].map((name) => compose.services[name] ?? {});
const manifests = inFolder('docker/kubernetes', '.yaml').flatMap((path) => loadAll(read(path)) as Manifest[]);
const rules = load(read('docker/prometheus/alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
const dashboard = JSON.parse(read('docker/grafana/dashboards/openvob.json')) as {
  panels: { targets?: { expr: string }[] }[];
};

interface Manifest {
  kind: string;
  spec?: { template?: { spec?: { containers?: Container[] } } };
}
interface Container {
  image: string;
  args: string[];
  env: { name: string }[];
  securityContext: object;
}
const containers = manifests.flatMap(({ spec }) => spec?.template?.spec?.containers ?? []);

describe('what is deployed', () => {
  test('runs programs that are there', () => {
    const commands = [...programs.map(({ command }) => command ?? []), ...containers.map(({ args }) => args)];
    expect(commands).toHaveLength(6);
    const scripts = commands.map((command) => command.at(-1) ?? '');
    expect(commands).toEqual(scripts.map((script) => [...nodeOptionsFor(script), script]));
    const sources = scripts.map((script) => script.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    expect(read('docker/Dockerfile')).toContain(`CMD ["--max-semi-space-size=8", "dist/apps/api/main.js"]`);
  });

  test('is told settings that programs read, and every one that has no default', () => {
    const readers = inFolder('libs/platform', '.ts').filter((path) => /\/config[\w-]*\.ts$/.test(path));
    const known = new Set(
      readers
        .map(read)
        .join()
        .match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b|\bPORT\b|\bHOST\b/g),
    );
    const told = [
      ...programs.flatMap(({ environment }) => Object.keys(environment ?? {})),
      ...containers.flatMap(({ env }) => env.map(({ name }) => name)),
    ];
    expect(told.filter((name) => !known.has(name))).toEqual([]);
    for (const name of [
      'DATABASE_URL',
      'OPENVOB_KEYS_FILE',
      'OWNER_DATABASE_URL',
      'METRICS_TOKEN',
      'WORKER_METRICS_PORT',
    ])
      expect([name, told.filter((one) => one === name).length >= 2]).toEqual([name, true]);
  });

  test('the API is told how people reach it and how it reaches them, and nobody has to set what has a default', () => {
    const names = ['PUBLIC_URL', 'TRUSTED_PROXIES', 'SMTP_URL', 'MAIL_FROM'];
    const { environment = {} } = compose.services.api ?? {};
    expect(names.map((name) => environment[name])).toEqual([
      `\${PUBLIC_URL:-http://127.0.0.1:\${PORT:-3000}}`,
      ...names.slice(1).map((name) => `\${${name}:-}`),
    ]);
    expect(names.filter((name) => !read('docker/example.env').includes(`\n# ${name}=`))).toEqual([]);
    const api = containers.find(({ args }) => args.at(-1) === 'dist/apps/api/main.js');
    expect(api?.env.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(names.filter((name) => !read('docker/kubernetes/kustomization.yaml').includes(`${name}=`))).toEqual([]);
  });

  test('says how the first administrator is made, in the image by what the shell runs', () => {
    const command = 'node dist/apps/first-admin/main.js --email';
    for (const path of ['docker/compose.yaml', 'docker/kubernetes/kustomization.yaml'])
      expect([path, read(path).includes(command)]).toEqual([path, true]);
    expect(existsSync(join(root, 'apps/first-admin/main.ts'))).toBe(true);
  });

  test('asks for every secret that is needed, and holds none', () => {
    const text = read('docker/compose.yaml');
    const asked = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    const listed = [...read('docker/example.env').matchAll(/^(\w+)=(.*)$/gm)];
    expect(new Set(listed.map(([, name]) => name))).toEqual(asked);
    expect(listed.filter(([, , value]) => value !== '')).toEqual([]);
    expect(text.match(/(password|token)s?:\s*[\w-]+$/gim) ?? []).toEqual([]);
  });

  test('writes nothing into its image, runs as nobody in particular, and listens on this machine alone', () => {
    expect(programs.map((program) => program.read_only)).toEqual([true, true, true]);
    expect(read('docker/Dockerfile')).toMatch(/^USER node$/m);
    const allowed = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
    expect(containers.map(({ securityContext }) => securityContext)).toEqual([allowed, allowed, allowed]);
    const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('keeps jobs in a Redis that evicts none and writes them down', () => {
    expect(compose.services.redis?.command?.join(' ')).toMatch(
      /--appendonly yes --appendfsync everysec .*--maxmemory-policy noeviction/,
    );
  });

  test('installs what is locked, without running anything of it', () => {
    const installs = read('docker/Dockerfile').match(/^(RUN| {2}\|\|) npm .*/gm) ?? [];
    expect(installs).toHaveLength(2);
    expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  });
});

describe('alerts and dashboard', () => {
  const expressions = [
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ...dashboard.panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr)),
  ];
  const sources = ['apps/api/ops-families.ts', 'libs/platform/metrics.ts', 'apps/worker/worker.module.ts']
    .map(read)
    .join();
  const told = new Set(sources.match(/openvob_[a-z_]+/g));

  test('ask for figures that are told', () => {
    const asked = expressions.flatMap((expr) => expr.match(/openvob_[a-z_]+/g) ?? []);
    expect(asked.length).toBeGreaterThan(50);
    const unknown = asked.filter((name) => !told.has(name) && !told.has(name.replace(/_(bucket|sum|count)$/, '')));
    expect(unknown).toEqual([]);
  });

  test('ask for statuses and events that exist', () => {
    const values = (label: string): string[] =>
      expressions.flatMap((expr) =>
        [...expr.matchAll(new RegExp(`\\b${label}!?=~?"([^"]+)"`, 'g'))].flatMap(([, text]) => text?.split('|') ?? []),
      );
    const known = (statuses as readonly string[]).concat('needs_.*', '5xx');
    expect([...values('status'), ...values('to')].filter((value) => !known.includes(value))).toEqual([]);
    expect(values('event').sort()).toEqual(['audit.head_not_exported', 'worker.replaced']);
    expect(read('libs/access/audit/head-export.ts')).toContain(`'audit.head_not_exported'`);
    expect(read('libs/queue/canary-watchdog.ts')).toContain(`'worker.replaced'`);
  });

  test('every figure is looked at by somebody', () => {
    const asked = expressions.join();
    const unseen = [...told].filter((name) => !asked.includes(name) && name !== 'openvob_queue_due');
    expect(unseen.filter((name) => name !== 'openvob_payer_in_flight_limit')).toEqual([]);
  });

  const promtool = spawnSync('promtool', ['--version']).status === 0;
  (promtool ? test : test.skip)('fire when they should and not otherwise (needs promtool)', () => {
    const run = (...options: string[]): string => {
      const { status, stdout, stderr } = spawnSync('promtool', options, {
        cwd: join(root, 'docker/prometheus'),
        encoding: 'utf8',
      });
      return status === 0 ? 'ok' : stdout + stderr;
    };
    expect([run('check', 'rules', 'alerts.yml'), run('test', 'rules', 'alerts.test.yml')]).toEqual(['ok', 'ok']);
  });
});
