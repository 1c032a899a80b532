import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromiumMissing, Desk, openChromium } from '../e2e/browser';
import type { Measurement } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';
import { password, putPerson, requireSecondFactor } from '../setup/people';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const mostScriptBytes = 180 * 1024;
const mostWorklistMs = 1500;
const mostResultMs = 500;
const slowDown = 4;
const tries = 5;

/** `npm run bench -- console [LINES]`: what the first page weighs, how soon a worklist of 10,000 lines can be used, how soon a result is seen. */
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
    await putPerson(spine, { email: 'coordinator@testwood.example', role: 'coordinator' });
    await spine.api.listen(0, '127.0.0.1');
    return await work(spine, `http://127.0.0.1:${new URL(await spine.api.getUrl()).port}`);
  } finally {
    await spine.stop();
  }
}

/** From the commit of a result to its heading on the screen, by the clock of this machine. */
async function results(browser: Browser): Promise<Measurement[]> {
  return withSpine(true, async (spine, origin) => {
    const desk = await Desk.open(browser, origin, { name: 'bench' });
    await desk.signIn('coordinator@testwood.example', password);
    const caller = new TestCaller(spine);
    const took: number[] = [];
    for (let index = 0; index < tries; index += 1) {
      const waiting = await caller.verify(requestFor(`NWH001${String(5000 + index)}`, { consent: undefined }));
      await desk.goTo(`/verifications/${waiting.id}`);
      await desk.page.getByRole('button', { name: 'The patient has signed today' }).waitFor();
      await caller.post(`/v1/verifications/${waiting.id}/consent`, {
        part2: { signedOn: '2026-03-01', scope: 'treatment_payment_operations' },
      });
      const settled = caller.rested(waiting.id);
      await desk.page.getByRole('heading', { name: 'Covered' }).waitFor();
      const seenAt = Date.now();
      const { updatedAt } = await settled;
      took.push(Math.max(0, seenAt - Date.parse(updatedAt)));
    }
    await desk.close();
    const value = median(took);
    return [row('a committed result on the screen', value, 'ms', mostResultMs)];
  });
}

async function worklist(browser: Browser, count: number): Promise<Measurement[]> {
  return withSpine(false, async (spine, origin) => {
    const caller = new TestCaller(spine);
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify(requestFor(`NWH001${String(index).padStart(5, '0')}`)),
    );
    const sent = await caller
      .post('/v1/verifications/batch', lines.join('\n'))
      .set('Content-Type', 'application/x-ndjson');
    if (sent.status >= 300) throw new Error(`The batch was refused: ${sent.status}`);
    const signedIn = await Desk.open(browser, origin, { name: 'bench' });
    await signedIn.signIn('coordinator@testwood.example', password);
    const cookies = await signedIn.context.cookies();
    await signedIn.close();
    const took: number[] = [];
    let bytes = 0;
    for (let index = 0; index < tries; index += 1) {
      const desk = await Desk.open(browser, origin, { name: 'bench' });
      await desk.context.addCookies(cookies);
      const scripts = new Set<string>();
      desk.page.on('response', (response) => {
        if (response.url().endsWith('.js')) scripts.add(response.url());
      });
      const session = await desk.context.newCDPSession(desk.page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
      await desk.goTo('/?show=under_way');
      await desk.page.locator('.row-link').first().waitFor();
      took.push(Number(await desk.page.evaluate('performance.now()')));
      bytes = [...scripts].reduce((sum, url) => sum + weightOf(url), 0);
      await desk.close();
    }
    return [
      row('JavaScript of the first page, gzip', Math.round(bytes / 1024), 'KiB', mostScriptBytes / 1024),
      row(`worklist of ${count} usable, ${slowDown} times slower`, median(took), 'ms', mostWorklistMs),
    ];
  });
}

/** As it is sent by gzip, whatever this browser took. */
function weightOf(url: string): number {
  const assets = join(__dirname.split('/dist/')[0] ?? '', 'dist/console/assets');
  return statSync(join(assets, `${url.split('/').at(-1)}.gz`)).size;
}

function row(what: string, value: number, unit: string, most: number): Measurement {
  return { what, value: Math.round(value), unit, goal: `at most ${most}`, pass: value <= most };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
}
