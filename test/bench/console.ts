import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromiumMissing, Desk, openChromium, repositoryRoot } from '../e2e/browser';
import type { Measurement } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';
import { password, putPerson, requireSecondFactor } from '../setup/people';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const email = 'coordinator@testwood.example';
const mostScriptBytes = 180 * 1024;
const mostWorklistMs = 1500;
const mostResultMs = 500;
/** Good by INP, the measure of browsers for answering what people do. */
const mostPauseMs = 200;
const slowDown = 4;
const tries = 5;
const keysPressed = 60;

/**
 * `npm run bench -- console [LINES]`: what the first page weighs, how soon a worklist of 10,000 lines can be used and whether it stops while it is
 * gone through, how soon a result is seen.
 */
export async function run({ count = 10_000 }: { count?: number }): Promise<Measurement[]> {
  if (chromiumMissing) throw new Error(chromiumMissing);
  return withServices(async () => {
    const browser = await openChromium();
    try {
      return [...(await results(browser)), ...(await worklist(browser, count))];
    } finally {
      await browser.close();
    }
  });
}

async function withSpine<T>(withWorker: boolean, work: (spine: Spine, origin: string) => Promise<T>): Promise<T> {
  const spine = await startSpine({ redisUrl: undefined, withWorker });
  try {
    await requireSecondFactor(spine, false);
    await putPerson(spine, { email, role: 'coordinator' });
    await spine.api.listen(0, '127.0.0.1');
    return await work(spine, `http://127.0.0.1:${new URL(await spine.api.getUrl()).port}`);
  } finally {
    await spine.stop();
  }
}

async function enter(browser: Browser, origin: string): Promise<Desk> {
  const desk = await Desk.open(browser, origin, { name: 'bench' });
  await desk.enter(email, password);
  return desk;
}

/** From the commit of a result to its heading on the screen, by the clock of this machine. */
async function results(browser: Browser): Promise<Measurement[]> {
  return withSpine(true, async (spine, origin) => {
    const desk = await enter(browser, origin);
    const caller = new TestCaller(spine);
    const took: number[] = [];
    for (let index = 0; index < tries; index += 1) {
      const waiting = await caller.verify(requestFor(`NWH001${String(5000 + index)}`, { consent: undefined }));
      await desk.goTo(`/verifications/${waiting.id}`);
      await desk.page.getByRole('button', { name: 'The patient has signed today' }).waitFor();
      await desk.page.evaluate(noteHeading);
      await caller.post(`/v1/verifications/${waiting.id}/consent`, {
        part2: { signedOn: '2026-03-01', scope: 'treatment_payment_operations' },
      });
      await desk.page.getByRole('heading', { name: 'Covered' }).waitFor();
      const seenAt = Number(await desk.page.evaluate('window.seenAt'));
      const { updatedAt } = await caller.rested(waiting.id);
      took.push(Math.max(0, seenAt - Date.parse(updatedAt)));
    }
    await desk.close();
    return [row('a committed result on the screen', median(took), 'ms', mostResultMs)];
  });
}

/** The page itself notes when the answer stands on it. */
const noteHeading = `new MutationObserver((_, observer) => {
  if (![...document.querySelectorAll('h2')].some((one) => one.textContent === 'Covered')) return;
  window.seenAt = Date.now();
  observer.disconnect();
}).observe(document.body, { childList: true, subtree: true, characterData: true })`;

async function worklist(browser: Browser, count: number): Promise<Measurement[]> {
  return withSpine(false, async (spine, origin) => {
    await fill(spine, count);
    const took: number[] = [];
    let bytes = 0;
    for (let index = 0; index < tries; index += 1) {
      const opened = await openWorklist(browser, origin);
      took.push(opened.usableMs);
      bytes = opened.scriptBytes;
    }
    const { lines, pauseMs } = await goThrough(browser, origin, count);
    return [
      row('JavaScript of the first page, gzip', Math.round(bytes / 1024), 'KiB', mostScriptBytes / 1024),
      row(`worklist of ${count} usable, ${slowDown} times slower`, median(took), 'ms', mostWorklistMs),
      {
        what: 'lines gone through to the end',
        value: lines,
        unit: 'lines',
        goal: `all ${count}`,
        pass: lines >= count,
      },
      row('longest stop meanwhile, by scrolling and by keys', pauseMs, 'ms', mostPauseMs),
    ];
  });
}

async function fill(spine: Spine, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify(requestFor(`NWH001${String(index).padStart(5, '0')}`)),
  );
  const sent = await new TestCaller(spine)
    .post('/v1/verifications/batch', lines.join('\n'))
    .set('Content-Type', 'application/x-ndjson');
  if (sent.status >= 300) throw new Error(`The batch was refused: ${sent.status}`);
}

/** As on a slower machine, and with nothing of it kept from before. */
async function openWorklist(browser: Browser, origin: string): Promise<{ usableMs: number; scriptBytes: number }> {
  const desk = await enter(browser, origin);
  const scripts = new Set<string>();
  desk.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.add(response.url());
  });
  const session = await desk.context.newCDPSession(desk.page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  await desk.goTo('/?show=under_way');
  await desk.page.locator('.row-link').first().waitFor();
  const usableMs = Number(await desk.page.evaluate('performance.now()'));
  const scriptBytes = [...scripts].reduce((sum, url) => sum + weightOf(url), 0);
  await desk.close();
  return { usableMs, scriptBytes };
}

/** To the end of all lines by scrolling, then line by line by keys. @returns the longest task that the page was busy with */
async function goThrough(browser: Browser, origin: string, count: number): Promise<{ lines: number; pauseMs: number }> {
  const desk = await enter(browser, origin);
  const { page } = desk;
  await desk.goTo('/?show=under_way');
  await page.locator('.row-link').first().waitFor();
  await page.evaluate(`window.stops = [0];
    new PerformanceObserver((list) => window.stops.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })`);
  let lines = 0;
  for (let look = 0; look < count && lines < count; look += 1) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await frame(page);
    lines = Number((await page.locator('.row').last().getAttribute('aria-setsize')) ?? '0');
  }
  await page.evaluate('window.scrollTo(0, 0)');
  await frame(page);
  for (let pressed = 0; pressed < keysPressed; pressed += 1) await page.keyboard.press('j');
  await frame(page);
  const pauseMs = Number(await page.evaluate('Math.max(...window.stops)'));
  await desk.close();
  return { lines, pauseMs };
}

const frame = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))');

/** As it is sent by gzip, whatever this browser took. */
function weightOf(url: string): number {
  return statSync(join(repositoryRoot, 'dist/console/assets', `${url.split('/').at(-1)}.gz`)).size;
}

function row(what: string, value: number, unit: string, most: number): Measurement {
  return { what, value: Math.round(value), unit, goal: `at most ${most}`, pass: value <= most };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
}
