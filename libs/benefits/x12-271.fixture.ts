import { readX12 } from '@openvob/x12';
import type { CivilDate } from './civil-date';
import type { Issue, Snapshot } from './snapshot';
import { snapshotsOf271 } from './x12/snapshots-of-271';

/** The day of the invented answers (BHT04). */
export const ANSWERED_ON: CivilDate = '2026-03-10';

/** The text of an invented 271: payer, provider and whatever levels follow; segments written with `*`, `^`, `:`. */
export function text271(levels: readonly string[], date = '20260310'): string {
  const body = [
    `BHT*0022*11*T1*${date}*0900`,
    'HL*1**20*1',
    'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*99001',
    'HL*2*1*21*1',
    'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
    ...levels,
  ];
  const segments = [
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *260310*0900*^*00501*000000007*0*T*:',
    'GS*HB*PAYER*CENTER*20260310*0900*7*X*005010X279A1',
    'ST*271*0001*005010X279A1',
    ...body,
    `SE*${body.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000007',
  ];
  return segments.map((segment) => `${segment}~`).join('');
}

/** Level of an invented subscriber with what stands in it. */
export function subscriberLevel(...segments: string[]): string[] {
  return ['HL*3*2*22*0', 'TRN*2*T1*9OPENVOB01', 'NM1*IL*1*EXAMPLE*AVERY****MI*W100', ...segments];
}

/** Level of an invented dependent under that subscriber. */
export function dependentLevel(...segments: string[]): string[] {
  return ['HL*4*3*23*0', 'TRN*2*T2*9OPENVOB01', 'NM1*03*1*EXAMPLE*RILEY', ...segments];
}

/** All snapshots of invented levels. */
export function readLevels(levels: readonly string[], on?: CivilDate): { snapshots: Snapshot[]; issues: Issue[] } {
  return snapshotsOf271(readX12(text271(levels)), on === undefined ? {} : { on });
}

/** The snapshot of a subscriber with these segments. */
export function readSubscriber(...segments: string[]): Snapshot {
  const [snapshot] = readLevels(subscriberLevel(...segments)).snapshots;
  if (snapshot === undefined) throw new Error('the invented answer has no snapshot');
  return snapshot;
}

/** Codes of the issues that an invented subscriber raises, those of the guide left out. */
export function issueCodes(...segments: string[]): string[] {
  const { issues } = readLevels(subscriberLevel(...segments));
  return issues.filter(({ code }) => code !== 'guide' && code !== 'code_not_allowed').map(({ code }) => code);
}

/** A list without sources, to be compared as a whole. */
export function unsourced<T extends object>(entries: readonly T[]): Partial<T>[] {
  return entries.map((entry) => {
    const { source: _, ...rest } = entry as T & { source?: unknown };
    return rest as Partial<T>;
  });
}
