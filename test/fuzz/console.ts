import { chromiumMissing, Desk, openChromium } from '../e2e/browser';
import type { Measurement } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';
import { password, putPerson, requireSecondFactor } from '../setup/people';
import { requestFor, startSpine, TestCaller } from '../setup/spine';

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
];
const keys = ['Tab', 'Tab', 'Shift+Tab', 'Escape', 'Enter', 'j', 'k', '?', 'n', 'w', '/', 'ArrowDown', 'Space'];
const waysOut = /sign out|cancel it|print|as somebody else/i;

/** `npm run fuzz -- console [ACTIONS]`: a seeded monkey clicks and types on every page; nothing uncaught, and the page goes on. */
export async function run({ count = 400 }: { count?: number }): Promise<Measurement[]> {
  if (chromiumMissing) throw new Error(chromiumMissing);
  return withServices(async () => {
    const spine = await startSpine({ redisUrl: undefined });
    const browser = await openChromium();
    try {
      await requireSecondFactor(spine, false);
      await putPerson(spine, { email: 'admin@testwood.example', role: 'admin' });
      await spine.api.listen(0, '127.0.0.1');
      const origin = `http://127.0.0.1:${new URL(await spine.api.getUrl()).port}`;
      const caller = new TestCaller(spine);
      const ids: string[] = [];
      for (const member of ['NWH0010301', 'NWH0030301', 'NWH0060301'])
        ids.push((await caller.verify(requestFor(member))).id);
      const desk = await Desk.open(browser, origin, { name: 'monkey' });
      await desk.signIn('admin@testwood.example', password);
      const done = await play(desk, ids, count);
      return [
        { what: 'actions', value: done, unit: 'actions', goal: `all ${count}`, pass: done === count },
        {
          what: 'uncaught errors',
          value: desk.faults.length,
          unit: 'errors',
          goal: 'none',
          pass: desk.faults.length === 0,
        },
        ...desk.faults.slice(0, 5).map((fault) => ({ what: fault.slice(0, 160), value: 1, unit: 'error' })),
      ];
    } finally {
      await browser.close();
      await spine.stop();
    }
  });
}

async function play(desk: Desk, ids: readonly string[], count: number): Promise<number> {
  const random = seeded(20_261_122);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const paths = [
    '/',
    '/new',
    '/settings/people',
    '/settings/programs',
    '/settings/payers',
    '/account',
    '/audit',
  ].concat(ids.flatMap((id) => [`/verifications/${id}`, `/verifications/${id}/call`, `/verifications/${id}/what-if`]));
  const { page } = desk;
  let done = 0;
  while (done < count) {
    if (done % 25 === 0) await desk.goTo(pick(paths) ?? '/');
    const kind = random();
    if (kind < 0.5) await clickSomething(desk, random);
    else if (kind < 0.8) await page.keyboard.type(pick(texts) ?? '');
    else await page.keyboard.press(pick(keys) ?? 'Tab');
    if (!(await page.locator('#root > *').first().isVisible())) desk.faults.push(`nothing is left on ${page.url()}`);
    done += 1;
  }
  return done;
}

async function clickSomething({ page }: Desk, random: () => number): Promise<void> {
  const all = page.locator('button:visible, a:visible, input:visible, select:visible, summary:visible, label:visible');
  const chosen = all.nth(Math.floor(random() * (await all.count())));
  const name = (await chosen.textContent({ timeout: 500 }).catch(() => '')) ?? '';
  // Leaving is no fault of the page.
  if (waysOut.test(name)) return;
  await chosen.click({ timeout: 700, noWaitAfter: true }).catch(() => undefined);
  const [, ...others] = page.context().pages();
  for (const other of others) await other.close();
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
