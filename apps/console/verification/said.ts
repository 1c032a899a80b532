import type { AnswerJson, Snapshot, Source } from '@openvob/results';
import { word } from '../words/codes';
import { day, money } from '../words/format';
import { isSnapshot } from './benefits';

/** One thing that a payer said, in words. */
export interface SaidLine {
  /** What it is about: one service, or all of the plan. */
  readonly about: string;
  readonly text: string;
  readonly sources: readonly Source[];
}

const plan = word('serviceType', '30');
const firstOfAll = 'Held by another company';

/** Everything that payers said, what sends the question elsewhere first, then the plan as a whole, then service by service. */
export function saidLines(answers: readonly AnswerJson[]): SaidLine[] {
  const snapshots = answers.flatMap(({ answer }) => (isSnapshot(answer) ? [answer] : []));
  const lines = snapshots.flatMap((snapshot) => [
    ...elsewhere(snapshot),
    ...restrictions(snapshot),
    ...amounts(snapshot),
    ...snapshot.messages.map(({ text, source }) => line([], `“${text}”`, source)),
  ]);
  // The same is often said again in the answer to the next question.
  const different = [...new Map(lines.map((one) => [`${one.about} ${one.text}`, one])).values()];
  return different.sort((one, other) => rank(one) - rank(other) || one.about.localeCompare(other.about));
}

/** Those in which every word that is typed stands somewhere. */
export function matching(lines: readonly SaidLine[], typed: string): SaidLine[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter(({ about, text }) => {
    const whole = `${about} ${text}`.toLowerCase();
    return words.every((one) => whole.includes(one));
  });
}

const rank = ({ about }: SaidLine): number => (about === firstOfAll ? 0 : about === plan ? 1 : 2);

function elsewhere({ carveOut, otherPayers }: Snapshot): SaidLine[] {
  const held = carveOut
    ? [
        {
          about: firstOfAll,
          text: [carveOut.entity, carveOut.phone].filter(Boolean).join(', '),
          sources: [carveOut.source],
        },
      ]
    : [];
  return [
    ...held,
    ...otherPayers.map(({ order, name, source }) =>
      line([], `Another payer${order === 'unknown' ? '' : ` (${order})`}: ${name ?? 'not named'}`, source),
    ),
  ];
}

function restrictions({ exclusions, authorizations, limits }: Snapshot): SaidLine[] {
  return [
    ...exclusions.map(({ serviceTypes, network, procedure, text, source }) =>
      line(serviceTypes, `${['Not covered', procedure, text].filter(Boolean).join(', ')}${on(network)}`, source),
    ),
    ...authorizations.map(({ serviceTypes, network, required, text, source }) =>
      line(serviceTypes, `Approval ${needed[required]}${text ? `: ${text}` : ''}${on(network)}`, source),
    ),
    ...limits.map(({ serviceTypes, network, unit, allowed, used, remaining, period, source }) => {
      const count = (value: number): string => (unit === 'dollars' ? money(value) : `${value} ${unit}`);
      const parts = [
        allowed === undefined ? 'Limit' : `Limit of ${count(allowed)}`,
        used === undefined ? '' : `${count(used)} used`,
        remaining === undefined ? '' : `${count(remaining)} left`,
      ].filter(Boolean);
      return line(serviceTypes, `${parts.join(', ')}${each(period)}${on(network)}`, ...source);
    }),
  ];
}

const needed = { yes: 'needed', no: 'not needed', unknown: 'not said' } as const;

function amounts({ costShares, accumulators }: Snapshot): SaidLine[] {
  return [
    ...costShares.map(({ kind, amountCents, percent, per, procedure, network, serviceTypes, from, to, source }) => {
      const value = amountCents === undefined ? `${percent ?? 0} %` : money(amountCents);
      const name = kind === 'copay' ? 'Copay' : 'Coinsurance';
      const dates = from && to ? `, ${day(from)} to ${day(to)}` : '';
      const what = `${name} ${value}${per ? ` per ${per}` : ''}${procedure ? `, ${procedure}` : ''}${dates}${on(network)}`;
      return line(serviceTypes, what, source);
    }),
    ...accumulators.map(({ kind, level, limitCents, usedCents, remainingCents, network, serviceTypes, source }) => {
      const name = kind === 'deductible' ? 'Deductible' : 'Yearly maximum';
      const parts = [
        limitCents === undefined ? '' : money(limitCents),
        usedCents === undefined ? '' : `${money(usedCents)} used`,
        remainingCents === undefined ? '' : `${money(remainingCents)} left`,
      ].filter(Boolean);
      const whose = level === 'individual' || level === 'family' ? `, ${level}` : '';
      return line(serviceTypes, `${name}${whose}: ${parts.join(', ') || 'no amount'}${on(network)}`, ...source);
    }),
  ];
}

function line(serviceTypes: readonly string[], text: string, ...sources: readonly Source[]): SaidLine {
  const about = serviceTypes.length === 0 ? plan : serviceTypes.map((code) => word('serviceType', code)).join(', ');
  return { about, text, sources };
}

function on(network: Snapshot['costShares'][number]['network']): string {
  if (network === 'in' || network === 'out') return `, ${word('network', network).toLowerCase()}`;
  return '';
}

function each(period: Snapshot['limits'][number]['period']): string {
  return period === 'unspecified' ? '' : ` per ${period.replaceAll('_', ' ')}`;
}
