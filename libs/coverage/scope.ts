import { codeTable, isOfficeOrOutpatient, isPlanLevel, type Row, tells, textTells } from '@openvob/benefits';
import type { Track } from '@openvob/programs';

/**
 * How near a row's service is to an intensive outpatient program. Source: reference/benefits.md 1.10 rule 3.
 * Partial hospitalization (BB, BC), inpatient (CG, CI, CE, A7, A5) and residential (RT) care never match.
 */
export const SCOPE = {
  /** Its procedure code. */
  procedure: 10,
  /** A message that names it. */
  named: 9,
  /** The outpatient facility of the track: CJ substance use, CH mental health. */
  facility: 8,
  /** AI substance use, A8 psychiatric outpatient. */
  specialty: 7,
  /** Psychiatric outpatient for a substance use program. */
  neighbour: 6,
  /** AJ, AK, CF, and the other track's facility where it may stand in. */
  provider: 5,
  /** MH mental health as a whole. */
  broad: 4,
  /** A4 psychiatric, A6 psychotherapy. */
  therapy: 3,
  /** 98, A0, 50: never the source of a program's cost share. */
  office: 2,
  /** 30 or none: the plan as a whole. */
  plan: 1,
} as const;

const SERVICE_TYPES: Readonly<Record<Track, ReturnType<typeof codeTable<number>>>> = {
  sud: codeTable({
    CJ: SCOPE.facility,
    AI: SCOPE.specialty,
    A8: SCOPE.neighbour,
    AJ: SCOPE.provider,
    AK: SCOPE.provider,
    CF: SCOPE.provider,
    CH: SCOPE.provider,
    MH: SCOPE.broad,
    A4: SCOPE.therapy,
    A6: SCOPE.therapy,
  }),
  mh: codeTable({
    CH: SCOPE.facility,
    A8: SCOPE.specialty,
    CF: SCOPE.provider,
    MH: SCOPE.broad,
    SMH: SCOPE.broad,
    A4: SCOPE.therapy,
    A6: SCOPE.therapy,
  }),
  dual: codeTable({
    CJ: SCOPE.facility,
    CH: SCOPE.facility,
    AI: SCOPE.specialty,
    A8: SCOPE.specialty,
    AJ: SCOPE.provider,
    AK: SCOPE.provider,
    CF: SCOPE.provider,
    MH: SCOPE.broad,
    SMH: SCOPE.broad,
    A4: SCOPE.therapy,
    A6: SCOPE.therapy,
  }),
};

const PROCEDURES: Readonly<Record<Track, readonly string[]>> = {
  sud: ['H0015'],
  mh: ['S9480'],
  dual: ['H0015', 'S9480'],
};

type Scoped = Pick<Row, 'serviceTypes' | 'messages' | 'plan'> & { readonly procedure?: string };

/**
 * The scope of a row for a track, 1 (the plan) to 10 (the program's procedure); `undefined` when the row speaks of
 * something else: another procedure, another kind of care by its message, a service that never matches.
 */
export function scopeOf(row: Scoped, track: Track): number | undefined {
  if (row.procedure !== undefined) {
    return PROCEDURES[track].includes(row.procedure.toUpperCase()) ? SCOPE.procedure : undefined;
  }
  if (tells(row.messages, 'intensive_outpatient')) return SCOPE.named;
  return serviceScope(row.serviceTypes, track);
}

/**
 * As `scopeOf`, and `undefined` also when the row's texts name another kind of care; office visits count as office. What a text
 * says about authorizations tells nothing about what the row itself is for.
 */
export function careScope(row: Scoped, track: Track): number | undefined {
  const scope = scopeOf(row, track);
  if (scope === undefined || scope >= SCOPE.named) return scope;
  return narrowed(scope, row);
}

function narrowed(scope: number, { messages, plan }: Scoped): number | undefined {
  let isOffice = plan !== undefined && textTells(plan, 'office');
  if (plan !== undefined && textTells(plan, 'other_care')) return undefined;
  for (const text of messages ?? NO_TEXTS) {
    if (textTells(text, 'authorization')) continue;
    if (textTells(text, 'other_care')) return undefined;
    isOffice ||= textTells(text, 'office');
  }
  return isOffice ? SCOPE.office : scope;
}

const NO_TEXTS: readonly string[] = [];

/** True for scopes that speak of behavioral health in outpatient care, not of the plan or of office visits. */
export function isBehavioralScope(scope: number | undefined): scope is number {
  return scope !== undefined && scope >= SCOPE.therapy;
}

function serviceScope(serviceTypes: readonly string[], track: Track): number | undefined {
  let nearest = 0;
  for (const code of serviceTypes) nearest = Math.max(nearest, SERVICE_TYPES[track][code] ?? 0);
  if (nearest > 0) return nearest;
  if (isOfficeOrOutpatient(serviceTypes) && !isPlanLevel(serviceTypes)) return SCOPE.office;
  return isPlanLevel(serviceTypes) ? SCOPE.plan : undefined;
}
