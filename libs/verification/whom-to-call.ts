import type { Snapshot, Source } from '@openvob/benefits';
import { type CoverageOutcome, positionOf } from './further-coverages';
import type { Ground } from './ground';
import type { ChainLink } from './ports';
import type { CoverageAnswer, WorkedOut } from './worked-out';

/** Somebody to ring about the benefit: a payer of the request, or one that an answer or a call leads to. */
export interface ToCall {
  readonly name: string;
  /** Of the directory. Without it an answer named the payer. */
  readonly payerId?: string;
  /** The id that the answer gave it, in whatever network. */
  readonly reference?: string;
  readonly because: ChainLink['because'];
  /** The payer whose behavioral health it holds, or before which it pays. */
  readonly of?: string;
  /** Another one holds its behavioral health; each of the two says so of the other. */
  readonly behavioralHealth?: 'elsewhere' | 'in_a_circle';
  /** The number that an answer or a call gave. */
  readonly told?: Told;
}

/** As it was written: nothing is known of the text. */
export interface Told {
  readonly phone: string;
  /** The payer that said so. */
  readonly by: string;
  readonly source: Source;
}

/**
 * Whom to ring, in the order in which the benefit is found out: ahead of a payer whoever holds its behavioral health or pays before it. Where
 * answers lead in a circle, the first of them tells who does.
 */
export function toCall(ground: Ground, worked: WorkedOut): ToCall[] {
  return plansOf(ground).flatMap(({ payerId, name, position, isCircle }) => {
    const others = behind(position, worked);
    const isElsewhere = others.some(({ because }) => because === 'carve_out');
    const own: ToCall = {
      name,
      payerId,
      because: 'requested',
      ...(isElsewhere ? { behavioralHealth: isCircle ? 'in_a_circle' : 'elsewhere' } : {}),
    };
    return isCircle ? [own, ...others] : [...others, own];
  });
}

interface Plan {
  readonly payerId: string;
  readonly name: string;
  readonly position: number;
  readonly isCircle: boolean;
}

/** In the order in which they pay, then those that were not asked about. */
function plansOf({ payers, outcomes }: Ground): Plan[] {
  const asked = outcomes.map((outcome) => planOf(outcome, payers));
  const notAsked = payers.flatMap(({ id, name }, position) =>
    asked.some((one) => one.position === position) ? [] : [{ payerId: id, name, position, isCircle: false }],
  );
  return [...asked, ...notAsked];
}

function planOf(outcome: CoverageOutcome, payers: Ground['payers']): Plan {
  const position = positionOf(outcome);
  const given = payers[position];
  if (outcome.kind !== 'answered') {
    const { id, name } = given ?? outcome.payer;
    return { payerId: id, name, position, isCircle: false };
  }
  const { answer, open = [] } = outcome;
  const isCircle = open.some(({ kind }) => kind === 'loop');
  return { payerId: given?.id ?? answer.payerId, name: given?.name ?? answer.payerName, position, isCircle };
}

/** Whoever has to be asked instead or first, the last one named first: it is the one that holds the benefit. */
function behind(position: number, { answers, coverages }: WorkedOut): ToCall[] {
  const index = answers.findIndex((answer) => answer.position === position);
  const [answer, answered] = [answers[index], coverages[index]?.answered];
  if (!answer || !answered) return [];
  const { snapshot, iop } = answered;
  return [
    ...(iop.decision === 'carved_out' ? carveOut(snapshot, answer) : []),
    ...(iop.decision === 'other_payer' ? firstPayer(snapshot, answer) : []),
    ...administrator(snapshot, answer),
  ];
}

function carveOut({ carveOut: held, entities }: Snapshot, { payerName, administrator }: CoverageAnswer): ToCall[] {
  if (!held) return [];
  const { entity, phone, source } = held;
  const reference = entities.find(({ name, id }) => name === entity && id !== undefined)?.id;
  const by = administrator?.name ?? payerName;
  return [
    {
      name: entity,
      ...(reference ? { reference } : {}),
      because: 'carve_out',
      of: payerName,
      ...(phone ? { told: { phone, by, source } } : {}),
    },
  ];
}

function firstPayer({ otherPayers, entities }: Snapshot, { payerName }: CoverageAnswer): ToCall[] {
  const name = otherPayers.find((other) => other.name)?.name;
  return name ? [{ name, because: 'primary_payer', of: payerName, ...toldOf(name, entities, payerName) }] : [];
}

/** One that answered. */
function administrator({ entities }: Snapshot, { payerName, administrator: held }: CoverageAnswer): ToCall[] {
  if (!held) return [];
  const { id, name } = held;
  return [{ name, payerId: id, because: 'carve_out', of: payerName, ...toldOf(name, entities, payerName) }];
}

function toldOf(name: string, entities: Snapshot['entities'], by: string): { told?: Told } {
  const found = entities.find((entity) => entity.phone && folded(entity.name ?? '') === folded(name));
  return found?.phone ? { told: { phone: found.phone, by, source: found.source } } : {};
}

function folded(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
