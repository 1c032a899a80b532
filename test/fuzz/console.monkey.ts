import type { Page } from 'playwright-core';
import type { Desk } from '../e2e/browser';

const texts = [
  'Quill',
  '031488',
  'NWH0010001',
  '$1,200.50',
  '-1',
  '\u{1F600}'.repeat(40),
  '<b>x</b>',
  "O'Hara",
  '9'.repeat(400),
  '../../%00',
];
const keys = ['Tab', 'Tab', 'Shift+Tab', 'Escape', 'Enter', 'j', 'k', '?', 'n', 'w', '/', 'ArrowDown', 'Space'];
/** Ways out of the page, or of the right to be there, are no fault of it. */
const waysOut =
  /sign out|cancel it|print|as somebody else|let go|end all|^end$|set up|coordinator|supervisor|biller|auditor|operations|administrator/i;
const everyPage = [
  '/',
  '/new',
  '/settings',
  '/settings/people',
  '/settings/programs',
  '/settings/payers',
  '/settings/prices',
  '/account',
  '/audit',
];
const actionsAPage = 25;
const clickMs = 700;

export interface Monkey {
  /** The same clicks and texts for the same number, as far as the page is the same. */
  readonly seed: number;
  /** Verifications whose pages it goes to. */
  readonly ids: readonly string[];
  /** Beginnings of paths, where it goes to these alone. */
  readonly only?: readonly string[] | undefined;
  goesOn(done: number): boolean;
  /** Signs in again. */
  enter(): Promise<void>;
  /** Something that happens elsewhere meanwhile: somebody else moves a verification. */
  disturb(): Promise<unknown>;
}

/** What a monkey did, and which of its own inputs went away without its doing. */
export interface Played {
  readonly actions: number;
  readonly disturbances: number;
  readonly lost: readonly string[];
}

/**
 * Clicks and types at random. In between things happen that nobody at this desk did: others move what is shown, the connection breaks, the
 * tab is loaded again. What was typed has to be there after each of them.
 */
export async function playMonkey(desk: Desk, { seed, ids, only, goesOn, enter, disturb }: Monkey): Promise<Played> {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const paths = everyPage
    .concat(ids.flatMap((id) => [`/verifications/${id}`, `/verifications/${id}/call`, `/verifications/${id}/what-if`]))
    .filter((path) => !only || only.some((start) => (start === '/' ? path === '/' : path.startsWith(start))));
  const { page } = desk;
  // What a printer would ask belongs to no page.
  await page.addInitScript('window.print = () => undefined');
  page.on('filechooser', (chooser) => void chooser.setFiles(pick(files) ?? []).catch(() => undefined));
  const lost: string[] = [];
  let [actions, disturbances] = [0, 0];
  while (goesOn(actions)) {
    if (actions % actionsAPage === 0) {
      // A key can sign out as well as a person can.
      if (new URL(page.url()).pathname === '/sign-in') await enter();
      await desk.goTo(pick(paths) ?? '/');
    }
    const kind = random();
    if (kind < 0.45) await clickSomething(page, random);
    else if (kind < 0.65) await typeSomewhere(page, random, pick(texts) ?? '');
    else if (kind < 0.75) await page.keyboard.type(pick(texts) ?? '');
    else if (kind < 0.9) await page.keyboard.press(pick(keys) ?? 'Tab');
    else {
      lost.push(
        ...(await whatIsLost(desk, kind < 0.94 ? disturb : kind < 0.97 ? () => blink(desk) : () => reload(page))),
      );
      disturbances += 1;
    }
    if (!(await hasContent(page)))
      desk.faults.push(`nothing is left on ${new URL(page.url()).pathname} after ${actions} actions`);
    actions += 1;
  }
  return { actions, disturbances, lost };
}

const files = [
  { name: 'card.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a', 'hex') },
  { name: 'card.txt', mimeType: 'text/plain', buffer: Buffer.from('no card') },
];
const reachable = 'button:visible, a:visible, input:visible, select:visible, summary:visible, label:visible';

async function clickSomething(page: Page, random: () => number): Promise<void> {
  const all = page.locator(reachable);
  const chosen = all.nth(Math.floor(random() * (await all.count())));
  const name = (await chosen.textContent({ timeout: clickMs }).catch(() => '')) ?? '';
  if (waysOut.test(name)) return;
  await chosen.click({ timeout: clickMs, noWaitAfter: true }).catch(() => undefined);
  const [, ...others] = page.context().pages();
  for (const other of others) await other.close();
}

async function typeSomewhere(page: Page, random: () => number, text: string): Promise<void> {
  const all = page.locator('input:visible, textarea:visible');
  const count = await all.count();
  if (count === 0) return;
  await all
    .nth(Math.floor(random() * count))
    .fill(text, { timeout: clickMs })
    .catch(() => undefined);
}

/** The connection breaks and comes back. */
async function blink({ context, page }: Desk): Promise<void> {
  await context.setOffline(true);
  await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
  await context.setOffline(false);
}

const keptPages = /^\/(?:new|verifications\/\w+\/call)$/;

/** On pages that keep what is typed, the tab is closed and opened again. */
async function reload(page: Page): Promise<void> {
  if (!keptPages.test(new URL(page.url()).pathname)) return;
  // A draft of before is taken over or not by whoever types: here it is not.
  const offer = page.getByRole('button', { name: 'Throw it away' });
  if (await offer.isVisible()) await offer.click();
  const state = page.getByText('Kept. You can close this and go on later.');
  const isBegun = (await inputsOf(page)).some(([, value]) => value !== '');
  if (!isBegun || !(await page.getByText(/^(?:Kept\. You|Keeping)/).isVisible())) return;
  await state.waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Go on with it' }).click();
}

async function whatIsLost({ page }: Desk, happens: () => Promise<unknown>): Promise<string[]> {
  const place = new URL(page.url()).pathname;
  const before = await restingInputs(page);
  await happens();
  // Where a click of before led elsewhere meanwhile, there is nothing to compare.
  if (new URL(page.url()).pathname !== place) return [];
  const missing = async (): Promise<string[]> => {
    const after = new Map(await inputsOf(page));
    return before.flatMap(([name, value]) => (after.get(name) === value ? [] : [`${name} on ${place}`]));
  };
  // What a page reads anew it shows a moment later.
  for (let look = 0; look < mostLooks; look += 1) {
    if ((await missing()).length === 0) return [];
    await evaluated(page, someFrames);
  }
  return new URL(page.url()).pathname === place ? missing() : [];
}

/** Whether anything is shown, now or once the page that is just loading is there. */
async function hasContent(page: Page): Promise<boolean> {
  for (let look = 0; look < mostLooks; look += 1) {
    if (await evaluated(page, 'document.querySelector("#root")?.innerText.trim().length > 0')) return true;
    await evaluated(page, someFrames);
  }
  return false;
}

const mostLooks = 60;
const someFrames = `new Promise((seen) => {
  let left = 12;
  const next = () => (left-- > 0 ? requestAnimationFrame(next) : seen());
  next();
})`;

/** Once nothing that was done before changes them any more, e.g. a form that is just closing. */
async function restingInputs(page: Page): Promise<readonly Input[]> {
  let before = await inputsOf(page);
  for (let look = 0; look < mostLooks; look += 1) {
    await evaluated(page, someFrames);
    const after = await inputsOf(page);
    if (JSON.stringify(after) === JSON.stringify(before)) return after;
    before = after;
  }
  return before;
}

/** A page that is just going elsewhere is asked again. */
async function evaluated(page: Page, script: string): Promise<unknown> {
  try {
    return await page.evaluate(script);
  } catch {
    await page.waitForLoadState('domcontentloaded');
    return page.evaluate(script);
  }
}

type Input = readonly [name: string, value: string];

/** What stands in the fields of the page, by their labels; searches are no input. */
async function inputsOf(page: Page): Promise<readonly Input[]> {
  return (await evaluated(
    page,
    `(() => {
    const seen = new Map();
    return [...document.querySelectorAll('input, textarea')]
      .filter((one) => !['hidden', 'file', 'radio', 'checkbox', 'search'].includes(one.type) && !one.readOnly && one.checkVisibility())
      .filter((one) => one.value !== '')
      .map((one) => {
        const label = one.labels?.[0]?.innerText ?? one.getAttribute('aria-label') ?? one.placeholder;
        seen.set(label, (seen.get(label) ?? 0) + 1);
        return [label + ' ' + seen.get(label), one.value];
      });
  })()`,
  )) as readonly Input[];
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
