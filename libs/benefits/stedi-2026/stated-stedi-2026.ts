import { boundedFindings } from '../bounded-findings';
import type { Findings } from '../findings';
import { given } from '../given';
import { type AnswerHead, answersAbout } from '../json/answers-about';
import { dateInMeta } from '../json/date-fields';
import type { JsonNode } from '../json/json-node';
import { statedJsonRejection } from '../json/json-rejections';
import { elementsOf, reportUnread } from '../json/shape';
import type { Issue } from '../snapshot';
import { serviceDateOf } from '../stated-dates';
import type { StatedAnswer, StatedRow } from '../statement';
import { reportUnknown } from './members';
import { payerOf, providerOf, statedPerson } from './parties';
import { rowsOfPlans } from './plans';

/** True for an answer of `/2026-06-01/eligibility-check`, whose benefits are grouped by plan and within it by kind. */
export function isStedi2026(root: JsonNode): boolean {
  const groups = root.list('plans').filter((plan) => plan.get('benefits').keys().length > 0);
  if (groups.length > 0) return true;
  if (!isRedesigned(root)) return false;
  const isRejected = root.list('errors').some((entry) => statedJsonRejection(entry).length > 0);
  return isRejected || Array.isArray(root.get('plans').value);
}

/** The v3 shape has neither. */
function isRedesigned(root: JsonNode): boolean {
  const names = ['payer', 'provider', 'subscriber'].map((key) => root.at(key, 'name'));
  const isStructured = names.some((name) => name.text('organization') !== undefined || name.get('person').exists);
  return isStructured || root.text('payerId') !== undefined;
}

/**
 * Who is answered: the dependent, else the subscriber; the subscriber too when rejected beside a dependent. Members and
 * values are those of the vendor's published client (github.com/Stedi/sdk, commit 438066fd, namespace
 * com.stedi.eligibility.v4.response); what it does not know is left unread and reported. The answer itself has no date.
 */
export function statedStedi2026(root: JsonNode): { answers: StatedAnswer[]; issues: Issue[] } {
  const findings = boundedFindings();
  reportUnknown(root, 'response', findings);
  for (const warning of root.list('warnings')) reportUnread(warning, 'The clearinghouse warns here.', findings);
  const dependent = root.get('dependent');
  const rows = rowsOfPlans(root, findings);
  const answers = answersAbout({
    head: headOf(root, rows, findings),
    ...given({ dependent: dependent.exists ? statedPerson(dependent, findings) : undefined }),
    rejections: elementsOf(root, 'errors', findings).flatMap((entry) => statedJsonRejection(entry)),
    rows,
  });
  return { answers, issues: findings.issues };
}

function headOf(root: JsonNode, rows: readonly StatedRow[], findings: Findings): AnswerHead {
  const meta = root.get('meta');
  const people = ['dependent', 'subscriber'].map((key) => root.at(key, 'dates', 'service').text('start'));
  const serviceDate = people.find((date) => date !== undefined) ?? serviceDateOf(rows.flatMap(({ dates }) => dates));
  return {
    ...given({ payer: payerOf(root), provider: providerOf(root.get('provider')) }),
    subscriber: statedPerson(root.get('subscriber'), findings),
    traces: meta.list('subscriberTraceNumbers').flatMap((trace) => trace.text('referenceIdentification') ?? []),
    source: root.source,
    ...given({ serviceDate, transactionDate: dateInMeta(meta) }),
  };
}
