import { addDays, type Cents, type CivilDate, formatUsd } from '@openvob/benefits';
import type { Day, Estimate } from '@openvob/estimate';
import type { ProgramPlan } from '@openvob/programs';
import type { Block, DocumentContent, Fact } from '../content';
import { dateIn, weekdayNames } from '../formats';
import { addressLine, type Letterhead, letterheading } from '../letterhead';
import { type Words, wordsIn } from '../words';
import type { Wanted } from './patient-estimate';
import { type PrivacyFacts, privacyBlocks } from './privacy';

/** Everything that a Good Faith Estimate tells. The facility's address and tax id are not optional: the law asks for them. */
export interface GoodFaithFacts extends PrivacyFacts {
  readonly facilityName: string;
  readonly npi: string;
  readonly letterhead: Letterhead & Required<Pick<Letterhead, 'address' | 'tin'>>;
  readonly madeOn: CivilDate;
  readonly patientName: string;
  readonly birthDate: CivilDate;
  readonly programName: string;
  readonly plan: ProgramPlan;
  readonly reference?: string;
  /** ICD-10-CM codes, where a clinician has named them: 45 CFR 149.610(c)(1)(iv). */
  readonly diagnosisCodes?: readonly string[];
  /** Worked out without any coverage, at the prices for people who pay for themselves. */
  readonly estimate: Estimate;
}

/** One service, with all of its dates. */
interface Item {
  readonly code: string;
  readonly kind: Day['lines'][number]['kind'];
  readonly dates: readonly CivilDate[];
  readonly priceCents: Cents;
  readonly chargeCents: Cents;
}

interface Telling {
  readonly facts: GoodFaithFacts;
  readonly wanted: Wanted;
  readonly words: Words;
  readonly days: readonly Day[];
  readonly lastDay: CivilDate;
}

/** Few dates are named one by one. */
const mostNamed = 3;

/** An estimate for recurring care holds for 12 months at most. Source: 45 CFR 149.610(b)(1)(x). */
const validDays = 365;

/**
 * The Good Faith Estimate for somebody who is not insured or does not use it, with every element of 45 CFR 149.610(c)(1): (i) who, (ii) the main service,
 * (iii) the items, (iv) codes and charges, (v) the provider, (vi) what is scheduled separately, (vii) to (x) the disclaimers and the right to dispute.
 */
export function buildGoodFaithEstimate(facts: GoodFaithFacts, wanted: Wanted): DocumentContent {
  const words = wordsIn(wanted.language);
  const { goodFaith: own, common, pageOf } = words;
  const lastDay = addDays(facts.madeOn, validDays);
  const days = facts.estimate.days.filter(({ date, lines }) => date <= lastDay && lines.length > 0);
  const telling: Telling = { facts, wanted, words, days, lastDay };
  const date = (day: CivilDate): string => dateIn(wanted.language, day);
  return {
    kind: 'good_faith_estimate',
    ...wanted,
    title: own.title,
    letterhead: letterheading(facts.facilityName, facts.letterhead),
    madeOn: facts.madeOn,
    facts: [
      { label: common.patient, value: facts.patientName },
      { label: common.birthDate, value: date(facts.birthDate) },
      { label: own.issuedOn, value: date(facts.madeOn) },
      { label: own.validUntil, value: date(lastDay) },
      ...(facts.reference ? [{ label: common.reference, value: facts.reference }] : []),
    ],
    foot: { text: own.foot, ...pageOf },
    blocks: [
      ...own.lead.map((text): Block => ({ kind: 'text', text, tone: 'lead' })),
      ...careBlocks(telling),
      ...itemBlocks(telling),
      ...providerBlocks(telling),
      ...separateBlocks(telling),
      { kind: 'heading', text: own.disclaimersTitle },
      { kind: 'list', items: own.disclaimers },
      { kind: 'callout', title: own.disputeTitle, texts: own.dispute },
      { kind: 'heading', text: own.assumedTitle },
      { kind: 'list', items: own.assumed },
      ...contactBlocks(telling),
      ...privacyBlocks(facts, wanted.language, words),
    ],
  };
}

/** Services of the same code and price together, in the order in which they come first. */
function itemsOf(days: readonly Day[]): Item[] {
  const items = new Map<string, Item>();
  for (const { date, lines } of days)
    for (const { code, kind, patientCents } of lines) {
      const key = `${code} ${patientCents}`;
      const before = items.get(key);
      items.set(key, {
        code,
        kind,
        dates: [...(before?.dates ?? []), date],
        priceCents: patientCents,
        chargeCents: (before?.chargeCents ?? 0) + patientCents,
      });
    }
  return [...items.values()];
}

function careBlocks({ facts, wanted, words, days }: Telling): Block[] {
  const { goodFaith: own, common } = words;
  const { language } = wanted;
  const [first, last] = [days[0], days.at(-1)];
  const span =
    first && last
      ? [{ label: own.timeFrame, value: common.to(dateIn(language, first.date), dateIn(language, last.date)) }]
      : [];
  const items: Fact[] = [
    { label: own.mainService, value: `${facts.programName}. ${own.mainServiceIs[facts.track]}` },
    ...span,
    { label: own.frequency, value: frequencyOf(facts.plan, words) },
    { label: own.totalNumber, value: own.dates(days.length) },
    { label: own.diagnosis, value: facts.diagnosisCodes?.length ? facts.diagnosisCodes.join(', ') : own.noDiagnosis },
  ];
  return [
    { kind: 'heading', text: own.careTitle },
    { kind: 'facts', items },
  ];
}

function frequencyOf({ phases }: ProgramPlan, { goodFaith: own, common }: Words): string {
  const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  return phases
    .map(({ weeks, weekdays }) => {
      const names = order.flatMap((weekday, index) =>
        weekdays.includes(weekday) ? [common.weekdays[index] ?? weekday] : [],
      );
      return own.perWeek(names.length, names.join(', '), weeks);
    })
    .join('; ');
}

function itemBlocks({ facts, wanted, words, days, lastDay }: Telling): Block[] {
  const { goodFaith: own, common } = words;
  const items = itemsOf(days);
  const total = formatUsd(items.reduce((sum, { chargeCents }) => sum + chargeCents, 0));
  const goesOn = facts.estimate.days.some(({ date, lines }) => date > lastDay && lines.length > 0);
  return [
    { kind: 'heading', text: own.itemsTitle },
    { kind: 'text', text: own.totalText(total), tone: 'lead' },
    {
      kind: 'table',
      caption: own.itemsCaption,
      columns: [
        { title: own.service },
        { title: own.when },
        { title: own.number },
        { title: own.charge, isAmount: true },
      ],
      rows: items.map((item) => itemRow(item, wanted, words)),
      total: [common.total, '', '', total],
    },
    ...(goesOn ? [{ kind: 'text', text: own.laterServices(dateIn(wanted.language, lastDay)) } as const] : []),
  ];
}

function itemRow(
  { code, kind, dates, priceCents, chargeCents }: Item,
  { language }: Wanted,
  { goodFaith: own, common }: Words,
): string[] {
  const number =
    priceCents === 0
      ? `${dates.length} × ${formatUsd(0)} (${own.included})`
      : `${dates.length} × ${formatUsd(priceCents)}`;
  return [
    `${common.services[kind]} (${code})`,
    whenOf(dates, language, common.weekdays, own),
    number,
    formatUsd(chargeCents),
  ];
}

function whenOf(
  dates: readonly CivilDate[],
  language: Wanted['language'],
  weekdays: readonly string[],
  own: Words['goodFaith'],
): string {
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  if (dates.length <= mostNamed) return own.onDates(dates.map((date) => dateIn(language, date)).join('; '));
  const between = own.between(dates.length, dateIn(language, first), dateIn(language, last));
  return `${between} (${weekdayNames(dates, weekdays)})`;
}

function providerBlocks({ facts, words: { goodFaith: own } }: Telling): Block[] {
  const { facilityName, npi, letterhead } = facts;
  const items: Fact[] = [
    { label: own.provider, value: letterhead.legalName ?? facilityName },
    { label: own.npi, value: npi },
    { label: own.tin, value: letterhead.tin },
    { label: own.place, value: addressLine(letterhead.address) },
    { label: own.state, value: letterhead.address.state },
  ];
  return [
    { kind: 'heading', text: own.providerTitle },
    { kind: 'facts', items },
  ];
}

function separateBlocks({ facts, wanted, words: { goodFaith: own } }: Telling): Block[] {
  const separate = facts.letterhead.sentences?.[wanted.language]?.separateServices ?? [];
  return [
    { kind: 'heading', text: own.separateTitle },
    ...own.separateLead.map((text): Block => ({ kind: 'text', text })),
    separate.length === 0 ? { kind: 'text', text: own.separateNone } : { kind: 'list', items: separate },
  ];
}

function contactBlocks({ facts, wanted, words: { common } }: Telling): Block[] {
  const { phone, hours, sentences } = facts.letterhead;
  const texts = [common.callUs(phone, hours), ...(sentences?.[wanted.language]?.goodFaithEstimate ?? [])];
  return [{ kind: 'heading', text: common.questionsTitle }, ...texts.map((text): Block => ({ kind: 'text', text }))];
}
