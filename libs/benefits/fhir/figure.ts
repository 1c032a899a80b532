import type { Findings } from '../findings';
import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import { reportUnread } from '../json/shape';

/** One figure of a benefit as it stands: an amount, a count, a percentage, a decimal of unsaid kind, or words. */
export interface Figure {
  readonly part: 'allowed' | 'used';
  readonly node: JsonNode;
  readonly amount?: string;
  readonly currency?: string;
  readonly count?: string;
  /** In hundredths, 20 for 20 %. */
  readonly percentage?: string;
  readonly decimal?: string;
  readonly text?: string;
}

type Value = Omit<Figure, 'part' | 'node'>;

const WHOLE = /^\d+$/;
const DECIMAL = /^\d+\.\d+$/;
const PERCENTAGE = /^(\d+(?:\.\d+)?) ?%$/;
const DOLLARS = /^\$ ?(\d+(?:,\d{3})*(?:\.\d+)?)$/;
const UNLIMITED = /^(?:unlimited|no limit|no maximum)$/i;

/** True when a benefit has anything where figures stand. */
export function hasFigures(benefit: JsonNode): boolean {
  return nodesOf(benefit).some(({ node }) => node.exists);
}

/** The figures of `allowed[x]` and `used[x]`, of each type that is there. What cannot be read is reported. */
export function readFigures(benefit: JsonNode, findings: Findings): Figure[] {
  return nodesOf(benefit).flatMap(({ part, type, node }) => {
    if (!node.exists) return [];
    const value = READERS[type](node, findings);
    if (value === 'unlimited') return [];
    if (value !== undefined) return [{ part, node, ...value }];
    reportUnread(node, 'This is not the figure that it should be.', findings);
    return [];
  });
}

const READERS = { Money: moneyOf, UnsignedInt: countOf, String: wordsOf };
const TYPES = ['Money', 'UnsignedInt', 'String'] as const;

function nodesOf(benefit: JsonNode) {
  const parts = ['allowed', 'used'] as const;
  return parts.flatMap((part) => TYPES.map((type) => ({ part, type, node: benefit.get(`${part}${type}`) })));
}

function moneyOf(money: JsonNode): Value | undefined {
  const amount = money.text('value');
  return amount === undefined ? undefined : given({ amount, currency: money.text('currency') });
}

function countOf(node: JsonNode): Value | undefined {
  const count = node.asText();
  return count !== undefined && WHOLE.test(count) ? { count } : undefined;
}

function wordsOf(node: JsonNode, findings: Findings): Value | 'unlimited' | undefined {
  const text = node.asText();
  if (text === undefined) return undefined;
  const [percentage, dollars] = [PERCENTAGE.exec(text)?.[1], DOLLARS.exec(text)?.[1]];
  if (percentage !== undefined) return { percentage };
  if (dollars !== undefined) return { amount: dollars.replaceAll(',', '') };
  if (WHOLE.test(text)) return { count: text };
  if (DECIMAL.test(text)) return { decimal: text };
  if (!UNLIMITED.test(text)) return { text };
  findings.report('info', 'unlimited', node.source, 'The payer says that there is no limit.');
  return 'unlimited';
}
