import type { StatedRejection } from '../statement';
import { codeOfName, FOLLOW_UP_CODES } from './code-names';
import type { JsonNode } from './json-node';

type Level = StatedRejection['level'];

/** Reject reasons by the highest level at which 005010X279A1 allows them. Source: reference/benefits.md 1.1. */
const HIGHEST_LEVELS: readonly (readonly [Level, ReadonlySet<string>])[] = [
  ['payer', codes('04 41 42 79 80 T4')],
  ['provider', codes('15 43 44 45 46 47 48 50 51 97')],
  ['subscriber', codes('35 49 52 56 57 58 60 61 62 63 71 72 73 74 75 76 78')],
  ['dependent', codes('64 65 66 67 68 77')],
];

const LEVELS_OF_LOOPS: readonly (readonly [RegExp, Level])[] = [
  [/2110|_BENEFITS?$/, 'benefit'],
  [/2[01]00A|^PAYER$|^ENVELOPE$/, 'payer'],
  [/2[01]00B|^PROVIDER$/, 'provider'],
  [/2[01]00C|^SUBSCRIBER$/, 'subscriber'],
  [/2[01]00D|^DEPENDENT$/, 'dependent'],
];

/**
 * One error entry of a JSON answer. The level is that of the object under which it stands, else the loop or place that it
 * names, else the highest at which its code is allowed. An entry without a reject reason is none.
 */
export function statedJsonRejection(entry: JsonNode, under?: Level): StatedRejection[] {
  const code = rejectReason(entry);
  if (code === undefined) return [];
  const action = entry.text('followupAction');
  const followUp = codeOfName(action, FOLLOW_UP_CODES) ?? (/^[CNPRSWXY]$/.test(action ?? '') ? action : undefined);
  const level = levelOf(entry.text('location')) ?? under ?? highestLevel(code);
  return [{ level, code, ...(followUp === undefined ? {} : { followUp }), source: entry.source }];
}

/** The reject reason stands in `code`; older answers write it into `field`. */
function rejectReason(entry: JsonNode): string | undefined {
  const isReason = (text: string | undefined) => text !== undefined && /^(?:\d{2}|[A-Z][A-Z0-9])$/.test(text);
  return [entry.text('code'), entry.text('field')].find(isReason);
}

function levelOf(location: string | undefined): Level | undefined {
  return LEVELS_OF_LOOPS.find(([pattern]) => pattern.test(location ?? ''))?.[1];
}

function highestLevel(code: string): Level {
  return HIGHEST_LEVELS.find(([, allowed]) => allowed.has(code))?.[0] ?? 'benefit';
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
