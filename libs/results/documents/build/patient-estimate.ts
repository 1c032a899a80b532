import type { Cents, CivilDate } from '@openvob/benefits';
import type { Estimate, EstimateCase } from '@openvob/estimate';
import type { Block, DocumentContent, DocumentLanguage, Fact, Figure, PrintSize } from '../content';
import { dateIn, plainUsd } from '../formats';
import { type Letterhead, letterheading } from '../letterhead';
import { type OpenPoint, type PlainAssumption, type Words, wordsIn } from '../words';
import { usualWeekCents } from './likely-course';
import { meaningsOf } from './meanings';
import { isOpenPoint, openPointOf, plainAssumptionsOf } from './plain-points';
import { type PrivacyFacts, privacyBlocks } from './privacy';
import { weekBlocks } from './weeks';

/** Everything that a patient's estimate tells. */
export interface PatientEstimateFacts extends PrivacyFacts {
  readonly facilityName: string;
  readonly letterhead?: Letterhead;
  readonly madeOn: CivilDate;
  readonly patientName?: string;
  readonly programName?: string;
  /** The first plan. */
  readonly planName?: string;
  /** The day on which it answered. */
  readonly answeredOn?: CivilDate;
  readonly goodUntil?: CivilDate;
  readonly reference?: string;
  readonly estimate: Estimate;
  readonly estimateCase?: EstimateCase;
  /** Codes of what is assumed beside the estimate's own assumptions. */
  readonly assumptionCodes?: readonly string[];
  /** Codes of what is still to ask. */
  readonly openCodes?: readonly string[];
  /** How far statements that differ part the estimate. */
  readonly conflictSwings?: readonly Cents[];
}

export interface Wanted {
  readonly language: DocumentLanguage;
  readonly print: PrintSize;
}

/** What a builder works with: the facts, and the words of one language. */
export interface Telling {
  readonly facts: PatientEstimateFacts;
  readonly language: DocumentLanguage;
  readonly words: Words;
}

/** The patient's estimate in plain words, the main point first. Source: reference/people.md 2.2 and 3. */
export function buildPatientEstimate(facts: PatientEstimateFacts, { language, print }: Wanted): DocumentContent {
  const words = wordsIn(language);
  const telling: Telling = { facts, language, words };
  const { patientEstimate: own, pageOf } = words;
  return {
    kind: 'patient_estimate',
    language,
    print,
    title: own.title,
    letterhead: letterheading(facts.facilityName, facts.letterhead),
    madeOn: facts.madeOn,
    facts: headFacts(telling),
    foot: { text: own.foot, ...pageOf },
    blocks: [
      { kind: 'callout', title: own.promiseTitle, texts: own.promise },
      ...answerBlocks(telling),
      ...rangeBlocks(telling),
      ...weekBlocks(telling),
      ...section(own.wordsTitle, meaningsOf(telling)),
      ...section(own.changesTitle, changesOf(telling)),
      ...openBlocks(telling),
      ...assumedBlocks(telling),
      ...contactBlocks(telling),
      { kind: 'heading', text: words.privacy.title },
      ...words.privacy.plain.map((text): Block => ({ kind: 'text', text })),
      ...privacyBlocks(facts, language, words),
    ],
  };
}

function headFacts({ facts, language, words: { common } }: Telling): Fact[] {
  const fact = (label: string, value: string | undefined): Fact[] => (value ? [{ label, value }] : []);
  return [
    ...fact(common.patient, facts.patientName),
    ...fact(common.program, facts.programName),
    ...fact(common.plan, facts.planName),
    ...fact(common.madeOn, dateIn(language, facts.madeOn)),
    ...fact(common.reference, facts.reference),
  ];
}

function answerBlocks({ facts: { estimate }, language, words: { patientEstimate: own, common } }: Telling): Block[] {
  const { total, firstDayCents, days } = estimate;
  const { lowCents, likelyCents, highCents } = total;
  const [first, last] = [days[0], days.at(-1)];
  const usual = usualWeekCents(estimate);
  const isRange = lowCents !== highCents;
  const note = likelyCents === undefined ? own.noLikely : own.mostLikely(plainUsd(likelyCents));
  const whole: Figure = {
    label: own.wholeProgram,
    value: isRange ? common.to(plainUsd(lowCents), plainUsd(highCents)) : own.about(plainUsd(highCents)),
    ...(isRange ? { note } : {}),
  };
  // Without a likely total, the likely days are those of everything owed: they would mislead.
  const small: Figure[] =
    likelyCents === undefined || !first
      ? []
      : [
          {
            label: own.firstDay,
            value: own.about(plainUsd(firstDayCents)),
            note: dateIn(language, first.date, 'with_weekday'),
          },
          ...(usual === undefined ? [] : [{ label: own.usualWeek, value: own.about(plainUsd(usual)) }]),
        ];
  const span = first && last ? own.days(days.length, dateIn(language, first.date), dateIn(language, last.date)) : '';
  return [
    { kind: 'heading', text: own.answerTitle },
    { kind: 'text', text: own.lead, tone: 'lead' },
    { kind: 'figures', items: [...small, whole] },
    ...(span ? [{ kind: 'text', text: `${span}.`, tone: 'quiet' } as const] : []),
  ];
}

function rangeBlocks({ facts, words: { patientEstimate: own } }: Telling): Block[] {
  const { lowCents, highCents } = facts.estimate.total;
  if (lowCents === highCents) return [{ kind: 'text', text: own.noRange }];
  const asked = facts.estimate.questions
    .filter(({ swingCents }) => swingCents > 0)
    .map(({ code, swingCents }): [OpenPoint, Cents] => [code, swingCents]);
  const disputed = (facts.conflictSwings ?? [])
    .filter((cents) => cents > 0)
    .map((cents): [OpenPoint, Cents] => ['conflict', cents]);
  const points = [...asked, ...disputed];
  const items =
    points.length === 0
      ? [own.unknowns.other]
      : points.map(([point, cents]) => own.couldMove(own.unknowns[point], plainUsd(cents)));
  return [
    { kind: 'heading', text: own.whyRangeTitle },
    { kind: 'text', text: own.whyRangeLead },
    { kind: 'list', items: [...new Set(items)] },
  ];
}

function changesOf({ facts: { estimate }, words: { patientEstimate: own } }: Telling): string[] {
  const risk = estimate.atRiskCents > 0 ? [own.atRisk(plainUsd(estimate.atRiskCents))] : [];
  return [...risk, ...own.changes];
}

function openBlocks({ facts, words: { patientEstimate: own } }: Telling): Block[] {
  const questions = facts.estimate.questions.filter(({ swingCents }) => swingCents > 0).map(({ code }) => code);
  const disputed = (facts.conflictSwings ?? []).some((cents) => cents > 0) ? ['conflict'] : [];
  const points = [...new Set([...questions, ...disputed, ...(facts.openCodes ?? [])].map(openPointOf))];
  const known = points.filter((point) => point !== 'other' && isOpenPoint(point));
  const shown: OpenPoint[] = points.length > known.length ? [...known, 'other'] : known;
  if (shown.length === 0)
    return [
      { kind: 'heading', text: own.openTitle },
      { kind: 'text', text: own.openNothing },
    ];
  return [
    { kind: 'heading', text: own.openTitle },
    { kind: 'text', text: own.openLead },
    { kind: 'list', items: shown.map((point) => own.open[point]) },
  ];
}

function assumedBlocks({ facts, words: { patientEstimate: own } }: Telling): Block[] {
  const codes = [...facts.estimate.assumptions.map(({ code }) => code), ...(facts.assumptionCodes ?? [])];
  const plain: PlainAssumption[] = plainAssumptionsOf(codes);
  return [
    { kind: 'heading', text: own.assumedTitle },
    plain.length === 0
      ? { kind: 'text', text: own.assumedNothing }
      : { kind: 'list', items: plain.map((assumption) => own.assumed[assumption]) },
  ];
}

function contactBlocks({ facts, language, words: { patientEstimate: own, common } }: Telling): Block[] {
  const { letterhead, planName, answeredOn, goodUntil } = facts;
  const sentences = letterhead?.sentences?.[language]?.patientEstimate ?? [];
  const sources = [
    ...(planName && answeredOn ? [own.sourceOf(planName, dateIn(language, answeredOn))] : []),
    ...(goodUntil ? [own.validUntil(dateIn(language, goodUntil))] : []),
  ];
  return [
    { kind: 'heading', text: common.questionsTitle },
    { kind: 'text', text: common.callUs(letterhead?.phone, letterhead?.hours) },
    { kind: 'text', text: own.payHelp },
    ...(planName ? [{ kind: 'text', text: own.plansNumber } as const] : []),
    ...sentences.map((text): Block => ({ kind: 'text', text })),
    ...(sources.length === 0 ? [] : [{ kind: 'text', text: sources.join(' '), tone: 'quiet' } as const]),
  ];
}

function section(title: string, items: readonly string[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: title },
        { kind: 'list', items },
      ];
}
