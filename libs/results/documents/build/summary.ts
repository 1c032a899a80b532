import { type Cents, formatUsd } from '@openvob/benefits';
import type { Block, DocumentContent, DocumentLanguage, Fact } from '../content';
import { type Dossier, patientNameOf, privacyOf } from '../dossier';
import { dateIn, momentIn } from '../formats';
import { letterheading } from '../letterhead';
import { type Words, wordsIn } from '../words';
import type { Wanted } from './patient-estimate';
import { privacyBlocks } from './privacy';
import { SourceList } from './source-list';
import { benefitBlocks } from './summary-benefits';
import { askedBlocks, callBlocks } from './summary-evidence';

/** What the parts of a summary share. */
export interface Summarising {
  readonly dossier: Dossier;
  readonly language: DocumentLanguage;
  readonly words: Words;
  readonly sources: SourceList;
}

/** The verification summary for the chart: what the plan said, what it comes to, and what each figure stands on. */
export function buildSummary(dossier: Dossier, { language, print }: Wanted): DocumentContent {
  const words = wordsIn(language);
  const { summary: own, pageOf } = words;
  const payers = new Map(dossier.answers.map(({ inquiryId, payer }) => [inquiryId, payer]));
  const sources = new SourceList(own, language, (inquiryId) => payers.get(inquiryId));
  const telling: Summarising = { dossier, language, words, sources };
  const body = [
    ...decisionBlocks(telling),
    ...moneyBlocks(telling),
    ...benefitBlocks(telling),
    ...authorizationBlocks(telling),
    ...openBlocks(telling),
    ...conflictBlocks(telling),
    ...askedBlocks(telling),
    ...callBlocks(telling),
    ...assumptionBlocks(telling),
  ];
  const cited = sources.texts();
  return {
    kind: 'summary',
    language,
    print,
    title: own.title,
    letterhead: letterheading(dossier.facility.name, dossier.letterhead),
    madeOn: dossier.today,
    facts: headFacts(telling),
    foot: { text: `${dossier.view.id}. ${own.foot}`, ...pageOf },
    blocks: [
      ...body,
      ...(cited.length === 0
        ? []
        : ([
            { kind: 'heading', text: own.sourcesTitle },
            { kind: 'list', items: cited, isNumbered: true },
          ] as const)),
      ...privacyBlocks(privacyOf(dossier), language, words),
    ],
  };
}

function headFacts({ dossier, language, words: { summary: own, common } }: Summarising): Fact[] {
  const { view, request, facility, today, requestedBy } = dossier;
  const { patient, subscriber, coverages } = request;
  const [coverage] = coverages;
  const fact = (label: string, value: string | undefined): Fact[] => (value ? [{ label, value }] : []);
  const date = (day: string | undefined): string | undefined => day && dateIn(language, day);
  const moment = (at: Date): string => momentIn(language, at, facility.timeZone);
  const named = [subscriber?.firstName, subscriber?.lastName].filter(Boolean).join(' ');
  const until = view.goodUntil;
  return [
    ...fact(common.patient, patientNameOf(dossier)),
    ...fact(common.birthDate, date(patient.birthDate)),
    ...fact(own.subscriber, named),
    ...fact(common.plan, [view.payer?.name ?? coverage?.payer?.name, coverage?.planName].filter(Boolean).join(', ')),
    ...fact(common.memberId, coverage?.memberId),
    ...fact(own.group, coverage?.groupNumber),
    ...fact(common.program, view.program?.name),
    ...fact(common.firstDay, date(view.startDate)),
    ...fact(own.verification, `${view.id}, ${own.round.toLowerCase()} ${view.round}`),
    ...fact(common.reference, view.reference),
    ...fact(own.status, own.statuses[view.status]),
    ...fact(own.reason, view.reason?.replaceAll('_', ' ')),
    ...fact(own.requestedOn, moment(view.createdAt)),
    ...fact(own.requestedBy, requestedBy),
    ...fact(
      own.resultOf,
      view.resultOf && `${moment(view.resultOf.at)}, ${own.round.toLowerCase()} ${view.resultOf.round}`,
    ),
    ...fact(
      common.goodUntil,
      until && `${date(until.date)}: ${common.goodUntilReasons[until.because] ?? until.because}`,
    ),
    ...fact(common.madeOn, date(today)),
  ];
}

function decisionBlocks({ dossier, words: { summary: own } }: Summarising): Block[] {
  const decision = dossier.view.conclusion?.decision;
  const heading: Block = { kind: 'heading', text: own.decisionTitle };
  if (!decision) return [heading, { kind: 'text', text: own.noDecision, tone: 'lead' }];
  const conditions = decision.conditions.map((condition) => own.conditions[condition] ?? condition);
  return [
    heading,
    { kind: 'text', text: own.decisions[decision.decision], tone: 'lead' },
    ...(conditions.length === 0 ? [] : [{ kind: 'list', items: conditions } as const]),
  ];
}

function moneyBlocks({ dossier, language, words: { summary: own, common } }: Summarising): Block[] {
  const estimate = dossier.view.conclusion?.estimate;
  const heading: Block = { kind: 'heading', text: own.moneyTitle };
  if (!estimate) return [heading, { kind: 'text', text: own.noEstimate }];
  const { total, firstDayCents, atRiskCents, perPeriod } = estimate;
  const { lowCents, likelyCents, highCents } = total;
  const figure = (label: string, cents: Cents | undefined) => ({
    label,
    value: cents === undefined ? common.notKnown : formatUsd(cents),
  });
  return [
    heading,
    { kind: 'text', text: own.moneyPromise },
    {
      kind: 'figures',
      items: [
        figure(own.likely, likelyCents),
        {
          label: own.range,
          value: lowCents === highCents ? formatUsd(lowCents) : common.to(formatUsd(lowCents), formatUsd(highCents)),
        },
        figure(own.firstDay, likelyCents === undefined ? undefined : firstDayCents),
        ...(atRiskCents > 0 ? [figure(own.atRisk, atRiskCents)] : []),
      ],
    },
    ...(perPeriod.length === 0 || likelyCents === undefined
      ? []
      : [
          {
            kind: 'table',
            caption: own.periodsCaption,
            columns: [
              { title: own.period },
              { title: own.owed, isAmount: true },
              { title: own.toDeductible, isAmount: true },
              { title: own.toMaximum, isAmount: true },
            ],
            rows: perPeriod.map(({ from, to, patientCents, deductibleCents, outOfPocketCents }) => [
              common.to(dateIn(language, from), dateIn(language, to)),
              formatUsd(patientCents),
              formatUsd(deductibleCents),
              formatUsd(outOfPocketCents),
            ]),
          } as const,
        ]),
  ];
}

function authorizationBlocks({ dossier, language, words: { summary: own } }: Summarising): Block[] {
  const { decision, basis } = dossier.view.conclusion ?? {};
  const timeline = basis?.authorization;
  if (!decision && !timeline) return [];
  const fact = (label: string, value: string | number | undefined): Fact[] =>
    value === undefined ? [] : [{ label, value: String(value) }];
  const { status, number, approvedDays, programDays, usedDays, lastApprovedDay, packetDueOn } = timeline ?? {};
  return [
    { kind: 'heading', text: own.authorizationTitle },
    {
      kind: 'facts',
      items: [
        ...fact(own.benefits.authorization, own.yesNo[timeline?.required ?? decision?.authorization ?? 'unknown']),
        ...fact(own.authorizationStatus, status && own.authorizationStatuses[status]),
        ...fact(own.authorizationNumber, number),
        ...fact(own.approvedDays, approvedDays === undefined ? undefined : own.daysOf(approvedDays, programDays ?? 0)),
        ...fact(own.usedDays, usedDays),
        ...fact(own.lastApprovedDay, lastApprovedDay && dateIn(language, lastApprovedDay)),
        ...fact(own.packetDueOn, packetDueOn && dateIn(language, packetDueOn)),
      ],
    },
  ];
}

function openBlocks({ dossier: { view }, words: { summary: own, patientEstimate } }: Summarising): Block[] {
  const asked = view.needs.flatMap(({ questions = [] }) =>
    questions.map(({ ask, swingCents }) => (swingCents ? own.worth(ask, formatUsd(swingCents)) : ask)),
  );
  const messages = view.needs.map(({ message }) => message);
  const unknowns = (view.conclusion?.decision?.unknowns ?? []).map((code) => plainUnknown(code, patientEstimate.open));
  const items = [...new Set([...messages, ...asked, ...(asked.length === 0 ? unknowns : [])])];
  return [
    { kind: 'heading', text: own.openTitle },
    items.length === 0 ? { kind: 'text', text: own.openNothing } : { kind: 'list', items },
  ];
}

function plainUnknown(code: string, open: Readonly<Record<string, string>>): string {
  return open[code] ?? code;
}

function conflictBlocks({ dossier: { view }, words: { summary: own } }: Summarising): Block[] {
  const conflicts = view.conclusion?.basis?.conflicts ?? [];
  if (conflicts.length === 0) return [];
  const items = conflicts.map(
    ({ path, electronic, phone, used, because }) =>
      `${own.conflict(path, valueText(electronic), valueText(phone), own.witnesses[used])} ${because}`,
  );
  return [
    { kind: 'heading', text: own.conflictsTitle },
    { kind: 'list', items },
  ];
}

/** A stated value: amounts in cents stay as they were stated, with their keys. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function assumptionBlocks({ dossier: { view }, language, words: { summary: own } }: Summarising): Block[] {
  const { estimate, basis } = view.conclusion ?? {};
  const texts = [...(estimate?.assumptions ?? []), ...(basis?.assumptions ?? [])].map(({ text }) => text);
  const notes = [...(estimate?.warnings ?? []), ...(basis?.flags ?? [])].map(({ text }) => text);
  const listed = (title: string, items: readonly string[]): Block[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', text: title },
          { kind: 'list', items: [...new Set(items)], ...(language === 'en' ? {} : { language: 'en' as const }) },
        ];
  return [...listed(own.assumptionsTitle, texts), ...listed(own.notesTitle, notes)];
}
