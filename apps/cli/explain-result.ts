import type { Issue } from '@openvob/benefits';
import type { ReadRequest, ReadResult } from '@openvob/coverage';
import { explainAnswer } from './explain-answer';
import { Page, type Tone } from './explain-page';
import { FORMAT_WORDS, placeText } from './explain-words';
import type { Display } from './io';

type Acknowledgement = ReadResult['acknowledgements'][number];

const SEVERITIES: readonly Issue['severity'][] = ['error', 'warning', 'info'];
const TONES: Readonly<Record<Issue['severity'], Tone>> = { error: 'bad', warning: 'warning', info: 'quiet' };
/** More places than these of one fault are counted. */
const MOST_PLACES = 8;

/** A page on which a person reads what a payer said, every line with its source on the right; issues stand at the end. */
export function explainResult(result: ReadResult, request: ReadRequest, display: Display): string {
  const page = new Page(display);
  const { format, answers, acknowledgements, issues } = result;
  page.line(`${FORMAT_WORDS[format]}: ${contentText(result)}`, { tone: 'title' });
  page.line(legend(format), { tone: 'quiet' });
  answers.forEach((answer, at) => {
    if (answers.length > 1) page.heading(`Answer ${at + 1} of ${answers.length} ${'='.repeat(20)}`);
    explainAnswer(answer, request, page);
  });
  for (const acknowledgement of acknowledgements) explainAcknowledgement(acknowledgement, page);
  explainIssues(issues, page);
  return page.text();
}

function contentText({ answers, acknowledgements }: ReadResult): string {
  const parts = [
    ...(answers.length > 0 || acknowledgements.length === 0 ? [counted(answers.length, 'answer')] : []),
    ...(acknowledgements.length === 0 ? [] : [counted(acknowledgements.length, 'acknowledgement')]),
  ];
  return parts.join(', ');
}

function legend(format: ReadResult['format']): string {
  return format.startsWith('x12')
    ? 'On the right: the segments of the file that say so, #1 is the first.'
    : 'On the right: where the file says so, as JSON Pointer.';
}

function explainAcknowledgement({ kind, control, accepted, errors }: Acknowledgement, page: Page): void {
  const what = control === undefined ? kind : `${kind} for control number ${control}`;
  page.heading(`${what}: ${accepted ? 'accepted' : 'rejected'}`, accepted ? 'good' : 'bad');
  for (const { code, segment, position, element, text } of errors) {
    const where = [
      ...(segment === undefined ? [] : [`segment ${segment}`]),
      ...(position === undefined ? [] : [`number ${position} from ST`]),
      ...(element === undefined ? [] : [`element ${element}`]),
    ];
    page.line(`${[text, ...where].join(', ')} (code ${code})`, { indent: 2 });
  }
}

/** The same fault at several places stands once, with its places. */
function explainIssues(issues: readonly Issue[], page: Page): void {
  if (issues.length === 0) return;
  page.heading(`Issues: ${SEVERITIES.flatMap((severity) => countOf(issues, severity)).join(', ')}`);
  for (const severity of SEVERITIES) {
    for (const [text, places] of placesByText(issues.filter((issue) => issue.severity === severity))) {
      page.line(`${severity}: ${text}`, { indent: 2, tone: TONES[severity], source: placesText(places) });
    }
  }
}

function countOf(issues: readonly Issue[], severity: Issue['severity']): string[] {
  const count = issues.filter((issue) => issue.severity === severity).length;
  return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
}

function placesByText(issues: readonly Issue[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { code, message, at } of issues) {
    const text = `${code}: ${message}`;
    const places = found.get(text);
    if (places === undefined) found.set(text, [placeText(at)]);
    else places.push(placeText(at));
  }
  return found;
}

function placesText(places: readonly string[]): string {
  const distinct = [...new Set(places)];
  const more = distinct.length - MOST_PLACES;
  return more > 0 ? `${distinct.slice(0, MOST_PLACES).join(' ')} and ${more} more` : distinct.join(' ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
