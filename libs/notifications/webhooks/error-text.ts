import { redactedText } from '@openvob/platform';

/** Where programs say what went wrong: problem details, and what is usual besides. */
const telling = ['type', 'code', 'error', 'title', 'message', 'detail', 'reason'] as const;
const longest = 300;

/**
 * The first characters of what a receiver answered instead of a success, for whoever mends it: of JSON the texts that name a fault, of anything
 * else the beginning. Redacted as a line of the log is, since nobody knows what a stranger puts there.
 */
export function errorText(body: string): string | undefined {
  const said = faultOf(body) ?? body;
  const text = redactedText(said.slice(0, 4 * longest))
    .trim()
    .slice(0, longest);
  return text === '' ? undefined : text;
}

function faultOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const texts = textsOf(value);
    const inner = typeof value === 'object' && value !== null && 'error' in value ? textsOf(value.error) : [];
    return [...texts, ...inner].join('; ') || undefined;
  } catch {
    return undefined;
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields: Readonly<Record<string, unknown>> = { ...value };
  return telling.flatMap((name) => {
    const text = fields[name];
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
}
