import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const consoleFolder = resolve(__dirname, '..');
const kit = resolve(consoleFolder, '../../node_modules/@mantine/core');
const styles = join(kit, 'styles');
const components = join(kit, 'esm/components');
/** Under every component. */
const ground = ['baseline', 'default-css-variables', 'global'];

describe('the kit’s styles', () => {
  const listed = [...read(join(__dirname, 'mantine.ts')).matchAll(/styles\/([\w-]+)\.css/g)].map(
    ([, name]) => name ?? '',
  );

  test('are those of the components that pages use and of what they are made of, and no others', () => {
    const needed = stylesOf(usedByPages());
    expect(needed).toEqual(expect.arrayContaining(['Button', 'InlineInput', 'ModalBase', 'Slider']));
    expect([...listed].sort()).toEqual([...ground, ...needed].sort());
  });

  test('come in the kit’s own order, since later ones win', () => {
    const whole = read(join(kit, 'styles.css'));
    const places = listed.map((name) =>
      whole.indexOf(
        read(join(styles, `${name}.css`))
          .trim()
          .slice(0, 120),
      ),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

/** The modules of all components that a page imports. */
function usedByPages(): string[] {
  const files = readdirSync(consoleFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.tsx?$/.test(path),
  );
  const imports = files.flatMap((path) => [
    ...read(join(consoleFolder, path)).matchAll(/import \{([^}]*)\} from '@mantine\/core'/g),
  ]);
  const names = new Set(imports.flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim())));
  const modules = readdirSync(components, { recursive: true, encoding: 'utf8' });
  return modules
    .filter((path) => path.endsWith('.mjs') && names.has(basename(path, '.mjs')))
    .map((path) => join(components, path));
}

/** The style sheets behind modules, and behind all that those import. */
function stylesOf(modules: readonly string[]): string[] {
  const seen = new Set<string>();
  const queue = [...modules];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const from = dirname(file);
    queue.push(...[...read(file).matchAll(/from "(\.[^"]+)"/g)].map(([, path]) => resolve(from, path ?? '')));
  }
  const names = [...seen].flatMap((file) => /^(\w+)\.module\.mjs$/.exec(basename(file))?.[1] ?? []);
  return names.filter((name) => existsSync(join(styles, `${name}.css`)));
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
