import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const commands = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = commands
  .flatMap((command) => folders.map((folder) => join(folder, command)))
  .find((place) => existsSync(place));

/** Why journeys cannot run on this machine; undefined where they can. */
export const chromiumMissing = executablePath ? undefined : 'Chromium is not installed: apt-get install chromium';

const root = resolve(__dirname, '../..');
/** Pictures of every state; looked at, not compared. */
export const pictures = join(root, '.test', 'screenshots');

export const desk = { width: 1366, height: 850 };
export const phone = { width: 390, height: 844 };

export type Look = 'light' | 'dark';

/** One Chromium for a suite, without anything that talks to the outside. */
export async function openChromium(): Promise<Browser> {
  if (!executablePath) throw new Error(chromiumMissing);
  mkdirSync(pictures, { recursive: true });
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** A person's browser with what went wrong in it; each page of it is one tab. */
export class Desk {
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly origin: string,
    private readonly name: string,
  ) {}

  static async open(
    browser: Browser,
    origin: string,
    options: { name: string; look?: Look; viewport?: { width: number; height: number } },
  ): Promise<Desk> {
    const { name, look = 'light', viewport = desk } = options;
    const context = await browser.newContext({ viewport, colorScheme: look, reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    const opened = new Desk(context, await context.newPage(), origin, `${name}-${look}-${viewport.width}`);
    opened.watch(opened.page);
    return opened;
  }

  /** Uncaught errors, and what the browser complains of by itself; a refusal that a page was answered is none. */
  watch(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRefusal) this.faults.push(message.text());
    });
  }

  goTo(path: string): Promise<unknown> {
    return this.page.goto(`${this.origin}${path}`);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.goTo('/sign-in');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.locator('input[autocomplete="current-password"]').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('banner').waitFor();
  }

  /** Takes a picture of the state and tells what is not accessible in it. */
  async look(state: string): Promise<string[]> {
    await this.page.screenshot({ path: join(pictures, `${state}-${this.name}.png`), fullPage: true });
    await this.page.evaluate(axe);
    const { violations } = (await this.page.evaluate(
      `window.axe.run(document, { runOnly: ${JSON.stringify(rules)} })`,
    )) as AxeResult;
    return violations.map(({ id, nodes }) => `${state}: ${id} at ${nodes[0]?.html.slice(0, 160)}`);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
