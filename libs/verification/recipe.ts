import { isBehavioral } from '@openvob/benefits';

/** What asking for a service type was worth at one payer connection so far; older experience counts less. */
export interface ServiceTypeMemory {
  serviceType: string;
  useful: number;
  nothingNew: number;
  rejected: number;
  learntAt: Date;
}

/** What one inquiry taught. */
export type Lesson = 'useful' | 'nothing_new' | 'rejected';

export type Track = 'sud' | 'mh' | 'dual';

/** The plan as a whole; payers that have behavioral health return it too (`reference/benefits.md` 1.4). */
export const wholePlan = '30';

/**
 * What else to ask for, one at a time, nearest to the program first: a payer that supports few of them takes the broad ones behind. Source:
 * `reference/benefits.md` 1.4, `reference/peers.md` 0.2.
 */
const furtherByTrack: Readonly<Record<Track, readonly string[]>> = {
  sud: ['AI', 'CJ', 'MH'],
  mh: ['MH', 'CH', 'A8'],
  dual: ['MH', 'AI', 'CJ', 'CH'],
};

/** Asking for these discloses that somebody seeks treatment of substance use (42 CFR Part 2). */
const substanceUse: ReadonlySet<string> = new Set(['AI', 'AJ', 'AK', 'CG', 'CI', 'CJ', '67']);

/** A payer is asked for no more than so many service types about one person in one round. */
export const mostServiceTypes = 4;

export interface RecipeSituation {
  track: Track;
  /** A live consent for this payer. */
  hasConsent: boolean;
  /** Service types that the payer is known to answer; without them any may be asked. */
  supported?: readonly string[] | undefined;
  memory: readonly ServiceTypeMemory[];
  now: Date;
  /** Chooses, the same each time for one verification, who tries again what did not help before. */
  seed: string;
}

/**
 * The service types to ask a payer for, in their order; the first always, each further one only while something is unsaid.
 *
 * - A service type that discloses substance use is asked for with a live consent alone.
 * - Nothing is asked for that the payer is known not to answer (`supported`), or that brought nothing new or was rejected again and again; such a one is
 *   tried again now and then, since payers change.
 * - What helped more often at this payer goes first.
 */
export function recipeFor(situation: RecipeSituation): readonly [string, ...string[]] {
  const { track, supported } = situation;
  const usual = [wholePlan, ...furtherByTrack[track]];
  const asked = usual.filter((code) => isAllowed(code, situation) && (supported?.includes(code) ?? true));
  const [first = wholePlan, ...further] = asked;
  const promising = further.filter((code) => isWorthAsking(code, situation));
  const inOrder = [...promising].sort((a, b) => worthOf(b, situation) - worthOf(a, situation));
  return [first, ...inOrder.slice(0, mostServiceTypes - 1)];
}

/** True for a service type that may be asked for on this track with the consents at hand. */
export function isAllowed(
  serviceType: string,
  { track, hasConsent }: Pick<RecipeSituation, 'track' | 'hasConsent'>,
): boolean {
  return !substanceUse.has(serviceType) || (track !== 'mh' && hasConsent && isBehavioral([serviceType]));
}

/** Experience loses half of its weight in so many days. */
const halfLifeDays = 30;
const dayMs = 24 * 3_600_000;
/** So much experience without any use ends the asking. */
const enoughExperience = 3;
const leastUse = 0.1;
/** One in so many verifications tries again all the same. */
const tryAgainOneIn = 20;

/** The counts as they weigh now. */
export function faded(memory: ServiceTypeMemory, now: Date): ServiceTypeMemory {
  const days = Math.max(0, now.getTime() - memory.learntAt.getTime()) / dayMs;
  const weight = 0.5 ** (days / halfLifeDays);
  const { useful, nothingNew, rejected } = memory;
  return {
    ...memory,
    useful: useful * weight,
    nothingNew: nothingNew * weight,
    rejected: rejected * weight,
    learntAt: now,
  };
}

/** The counts after one more lesson. */
export function withLesson(memory: ServiceTypeMemory, lesson: Lesson, now: Date): ServiceTypeMemory {
  const before = faded(memory, now);
  return {
    ...before,
    useful: before.useful + (lesson === 'useful' ? 1 : 0),
    nothingNew: before.nothingNew + (lesson === 'nothing_new' ? 1 : 0),
    rejected: before.rejected + (lesson === 'rejected' ? 1 : 0),
  };
}

function isWorthAsking(serviceType: string, situation: RecipeSituation): boolean {
  const known = memoryOf(serviceType, situation);
  if (!known) return true;
  const total = known.useful + known.nothingNew + known.rejected;
  if (total < enoughExperience || known.useful / total >= leastUse) return true;
  return bucketOf(`${situation.seed}:${serviceType}`) % tryAgainOneIn === 0;
}

/** The share of times that it helped, beginning at a half. */
function worthOf(serviceType: string, situation: RecipeSituation): number {
  const known = memoryOf(serviceType, situation);
  if (!known) return 0.5;
  return (known.useful + 1) / (known.useful + known.nothingNew + known.rejected + 2);
}

function memoryOf(serviceType: string, { memory, now }: RecipeSituation): ServiceTypeMemory | undefined {
  const found = memory.find((each) => each.serviceType === serviceType);
  return found && faded(found, now);
}

/** FNV-1a, 32 bits. */
export function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
