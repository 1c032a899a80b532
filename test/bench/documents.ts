import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { estimate, parseCaseText } from '@openvob/estimate';
import { buildPatientEstimate, PdfRenderer, renderHtml } from '@openvob/results/documents';
import type { Measurement } from '../setup/measure';

const warmUp = 20;
const mostGrowthBytes = 150 * 1024 * 1024;
const mostBlockedMs = 50;

/** `npm run bench -- documents [COUNT]`: patient estimates of different patients as PDF and HTML, one after another, and what that costs. */
export async function run({ count = 1000 }: { count?: number }): Promise<Measurement[]> {
  const renderer = new PdfRenderer();
  const contentOf = contents();
  for (let index = 0; index < warmUp; index++) await renderer.render(contentOf(index));
  const before = process.memoryUsage.rss();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    await renderer.render(contentOf(index + warmUp));
    times.push(performance.now() - startedAt);
  }
  delay.disable();
  const grown = process.memoryUsage.rss() - before;
  await renderer.close();
  const blockedMs = delay.percentile(99) / 1e6;
  return [
    { what: 'PDF of three pages, median', value: at(times, 0.5), unit: 'ms' },
    { what: 'PDF of three pages, 99 of 100', value: at(times, 0.99), unit: 'ms' },
    {
      what: 'event loop held up meanwhile, 99 of 100',
      value: blockedMs,
      unit: 'ms',
      goal: `at most ${mostBlockedMs}`,
      pass: blockedMs <= mostBlockedMs,
    },
    {
      what: `memory grown by ${count} documents`,
      value: grown / 2 ** 20,
      unit: 'MB',
      goal: 'at most 150',
      pass: grown <= mostGrowthBytes,
    },
    { what: 'HTML', value: htmlMs(contentOf), unit: 'ms' },
  ];
}

/** The same case for people with other names: nothing is remembered from one document to the next. */
function contents(): (index: number) => ReturnType<typeof buildPatientEstimate> {
  const parsed = parseCaseText(readFileSync(join(__dirname, '../../apps/cli/examples/case.json'), 'utf8'));
  if (!parsed.ok) throw new Error('The example is no case');
  const facts = {
    facilityName: 'Testwood Recovery',
    madeOn: '2026-12-01',
    track: 'sud',
    estimate: estimate(parsed.case),
    estimateCase: parsed.case,
  } as const;
  return (index) =>
    buildPatientEstimate({ ...facts, patientName: `Person ${index}` }, { language: 'en', print: 'normal' });
}

function htmlMs(contentOf: ReturnType<typeof contents>): number {
  const startedAt = performance.now();
  for (let index = 0; index < 200; index++) renderHtml(contentOf(index));
  return (performance.now() - startedAt) / 200;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
