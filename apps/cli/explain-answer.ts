import { type Person, productName, roleName, type Snapshot, type Source } from '@openvob/benefits';
import type { ReadAnswer, ReadRequest } from '@openvob/coverage';
import { explainBenefits } from './explain-benefits';
import { explainDecision } from './explain-decision';
import type { LineOptions, Page, Tone } from './explain-page';
import { NETWORK_WORDS, REJECTION_WORDS, serviceTypes, sourceText, span } from './explain-words';

const STATUS_TONES: Readonly<Record<Snapshot['status'], Tone>> = {
  active: 'good',
  inactive: 'bad',
  pending: 'warning',
  unknown: 'warning',
};
const SPAN_WORDS = {
  plan: 'Plan',
  eligibility: 'Eligibility',
  benefit: 'Benefit',
  policy: 'Policy',
  other: 'Other',
} as const;
const REQUIRED_WORDS = { yes: 'Required', no: 'Not required', unknown: 'Not known' } as const;

/** Everything that one answer says, from who answered to the payer's messages. */
export function explainAnswer(answer: ReadAnswer, request: ReadRequest, page: Page): void {
  explainPeople(answer, page);
  explainStatus(answer, page);
  explainRejections(answer, page);
  explainDecision(answer, request, page);
  explainCoverages(answer, page);
  explainBenefits(answer, page);
  explainAuthorizations(answer, page);
  explainExclusions(answer, page);
  explainOthers(answer, page);
  explainMessages(answer, page);
}

/** A line with its label in a column of its own. */
function labelled(page: Page, label: string, text: string, options: LineOptions = {}): void {
  if (text !== '') page.line(text, { label, ...options });
}

function explainPeople({ payer, provider, subscriber, patient, trace }: ReadAnswer, page: Page): void {
  page.blank();
  labelled(page, 'Payer', joined(payer.name, payer.id && `id ${payer.id}`));
  labelled(page, 'Provider', joined(provider.name, provider.npi && `NPI ${provider.npi}`));
  labelled(page, 'Patient', joined(personText(patient), patient.isSubscriber === true ? 'the subscriber' : undefined));
  if (patient.isSubscriber !== true) labelled(page, 'Subscriber', personText(subscriber));
  labelled(page, 'Trace', trace.join(', '));
}

function personText({ firstName, lastName, memberId, birthDate, groupNumber }: Person): string {
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return joined(
    name === '' ? undefined : name,
    birthDate && `born ${birthDate}`,
    memberId && `member id ${memberId}`,
    groupNumber && `group ${groupNumber}`,
  );
}

function explainStatus({ status, plans, spans }: ReadAnswer, page: Page): void {
  page.blank();
  labelled(page, 'Status', status, { tone: STATUS_TONES[status] });
  for (const { name, product, group, status: planStatus, source } of plans) {
    const what = product === undefined ? undefined : (productName(product) ?? product);
    labelled(page, 'Plan', joined(name, what, group && `group ${group}`, planStatus), { source: sourceText([source]) });
  }
  for (const each of spans) {
    labelled(page, 'Dates', `${SPAN_WORDS[each.what]} ${span(each)}`, { source: sourceText([each.source]) });
  }
}

function explainRejections({ rejections }: ReadAnswer, page: Page): void {
  if (rejections.length > 0) page.heading('Rejected', 'bad');
  for (const { level, code, followUp, class: kind, advice, source } of rejections) {
    const codes = followUp === undefined ? `AAA ${code}` : `AAA ${code}, follow-up ${followUp}`;
    page.line(advice, { indent: 2, source: sourceText([source]) });
    page.line(`${codes}, at the ${level}: ${REJECTION_WORDS[kind]}`, { indent: 4, tone: 'quiet' });
  }
}

function explainCoverages({ coverages }: ReadAnswer, page: Page): void {
  if (coverages.length > 0) page.heading('Coverage');
  for (const { status, network, serviceTypes: codes, source } of coverages) {
    const text = `${status}, ${NETWORK_WORDS[network]}: ${serviceTypes(codes)}`;
    page.line(text, { indent: 2, source: sourceText([source]) });
  }
}

function explainAuthorizations({ authorizations }: ReadAnswer, page: Page): void {
  if (authorizations.length > 0) page.heading('Authorization');
  for (const { required, network, serviceTypes: codes, text, source } of authorizations) {
    const what = `${REQUIRED_WORDS[required]}, ${NETWORK_WORDS[network]}: ${serviceTypes(codes)}`;
    page.line(what + quoted(text), { indent: 2, source: sourceText([source]) });
  }
}

function explainExclusions({ exclusions }: ReadAnswer, page: Page): void {
  if (exclusions.length > 0) page.heading('Not covered');
  for (const { network, serviceTypes: codes, procedure, text, source } of exclusions) {
    const what = procedure === undefined ? serviceTypes(codes) : `${serviceTypes(codes)}, procedure ${procedure}`;
    page.line(`${what}, ${NETWORK_WORDS[network]}${quoted(text)}`, { indent: 2, source: sourceText([source]) });
  }
}

function explainOthers({ carveOut, otherPayers, entities }: ReadAnswer, page: Page): void {
  if (carveOut !== undefined) {
    page.heading('Administered by somebody else');
    const { entity, phone, memberId, source } = carveOut;
    const text = joined(entity, phone && `phone ${phone}`, memberId && `member id ${memberId}`);
    page.line(text, { indent: 2, source: sourceText([source]) });
  }
  if (otherPayers.length > 0) page.heading('Other payers');
  for (const { order, name, memberId, source } of otherPayers) {
    const text = joined(name ?? 'name not said', memberId && `member id ${memberId}`);
    page.line(`${order === 'unknown' ? 'order not said' : order}: ${text}`, {
      indent: 2,
      source: sourceText([source]),
    });
  }
  if (entities.length > 0) page.heading('Others named');
  for (const { role, name, id, memberId, phone, url, serviceTypes: codes, source } of entities) {
    const text = joined(name, id && `id ${id}`, memberId && `member id ${memberId}`, phone && `phone ${phone}`, url);
    const line = `${roleName(role) ?? role}: ${text}; for ${serviceTypes(codes)}`;
    page.line(line, { indent: 2, source: sourceText([source]) });
  }
}

/** Every message once, with all the places where it stands. */
function explainMessages({ messages }: ReadAnswer, page: Page): void {
  if (messages.length > 0) page.heading('Messages');
  const sources = new Map<string, Source[]>();
  for (const { text, source } of messages) {
    const known = sources.get(text);
    if (known === undefined) sources.set(text, [source]);
    else known.push(source);
  }
  for (const [text, places] of sources) page.line(`"${text}"`, { indent: 2, hang: 3, source: sourceText(places) });
}

function quoted(text: string | undefined): string {
  return text === undefined ? '' : `: "${text}"`;
}

function joined(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
