import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const commands = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = commands
  .flatMap((command) => folders.map((folder) => join(folder, command)))
  .find((place) => existsSync(place));

/** Why journeys cannot run on this machine; undefined where they can. */
export const chromiumMissing = executablePath ? undefined : 'Chromium is not installed: apt-get install chromium';

const above = resolve(__dirname, '../..');
/** Also for those who run what was built. */
export const repositoryRoot = basename(above) === 'dist' ? dirname(above) : above;
/** Pictures of every state; looked at, not compared. */
export const pictures = join(repositoryRoot, '.test', 'screenshots');

/** 1280 pixels at 200 % are 640 (WCAG 1.4.4). */
export const screens = {
  desk: { width: 1366, height: 850 },
  phone: { width: 390, height: 844 },
  zoomed: { width: 640, height: 425 },
} as const;
export type Screen = keyof typeof screens;
export type Look = 'light' | 'dark';

/** One Chromium for a suite, without anything that talks to the outside. */
export async function openChromium(): Promise<Browser> {
  if (!executablePath) throw new Error(chromiumMissing);
  mkdirSync(pictures, { recursive: true });
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

const axe = readFileSync(join(repositoryRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export interface DeskOptions {
  /** Part of the names of its pictures. */
  readonly name: string;
  readonly look?: Look;
  readonly screen?: Screen;
  /** As most people have it; else things stand still. */
  readonly moves?: boolean;
}

/** A person's browser with what went wrong in it; each page of it is one tab. */
export class Desk {
  /** Uncaught errors and complaints of the browser, by tab. */
  readonly faults: string[] = [];
  /** What is not accessible, or runs out of the screen, in the states that were looked at. */
  readonly unclean: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
    private readonly name: string,
    /** What is zoomed is laid out as on a phone: it is measured, not examined once more. */
    private readonly isExamined: boolean,
  ) {}

  static async open(
    browser: Browser,
    origin: string,
    { name, look = 'light', screen = 'desk', moves = false }: DeskOptions,
  ): Promise<Desk> {
    const reducedMotion = moves ? 'no-preference' : 'reduce';
    const context = await browser.newContext({ viewport: screens[screen], colorScheme: look, reducedMotion });
    context.setDefaultTimeout(30_000);
    const opened = new Desk(context, await context.newPage(), origin, `${name}-${screen}-${look}`, screen !== 'zoomed');
    opened.watch(opened.page);
    return opened;
  }

  /** Uncaught errors, and what the browser complains of by itself; a refusal that a page was answered is none. */
  watch(page: Page): void {
    page.on('pageerror', ({ message, stack }) => this.faults.push(stack ?? message));
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRefusal) this.faults.push(message.text());
    });
  }

  goTo(path: string): Promise<unknown> {
    return this.page.goto(`${this.origin}${path}`);
  }

  /** By the form, as people do. */
  async signIn(email: string, password: string): Promise<void> {
    await this.goTo('/sign-in');
    await this.typeSignIn(email, password);
    await this.page.getByRole('banner').waitFor();
  }

  async typeSignIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.locator('input[autocomplete="current-password"]').fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Without the form: a session of one's own, as quickly as it can be had. */
  async enter(email: string, password: string): Promise<void> {
    await this.goTo('/sign-in');
    const body = JSON.stringify({ email, password });
    const status = await this.page.evaluate(
      `fetch('/v1/session', { method: 'POST', headers: { 'content-type': 'application/json', 'x-openvob-csrf': '1' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`,
    );
    if (status !== 200) throw new Error(`${email} was not let in: ${String(status)}`);
  }

  /** Takes a picture of the state, and keeps what is not as it has to be in it. */
  async look(state: string, page: Page = this.page): Promise<void> {
    await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(pictures, `${state}-${this.name}.png`), fullPage: true });
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
    if (overflow > 0) this.unclean.push(`${state}: wider than the screen by ${overflow}`);
    if (!this.isExamined) return;
    if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
    const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
    const { violations } = (await page.evaluate(`window.axe.run(document, ${options})`)) as AxeResult;
    for (const { id, nodes } of violations) this.unclean.push(`${state}: ${id} at ${nodes[0]?.html.slice(0, 200)}`);
  }

  /** Where it stood when a step failed. */
  async leaveTrace(): Promise<string> {
    const path = join(pictures, `failed-${this.name}.png`);
    await this.page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    return `${this.name} stood on ${new URL(this.page.url()).pathname}`;
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
