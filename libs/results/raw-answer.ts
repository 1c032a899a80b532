import { tryReadX12 } from '@openvob/x12';

/** What a payer sent to one inquiry, word for word, in the order in which it came. */
export interface RawAnswer {
  inquiryId: string;
  round: number;
  payer: string;
  askedAt: Date;
  texts: {
    receivedAt: Date;
    /** What it was taken for, e.g. `benefits`. */
    kind: string;
    httpStatus?: number;
    /** Left out when nothing came. */
    text?: string;
  }[];
}

/** As callers read it: X12 is cut into its segments, numbered as the sources of figures name them. */
export function presentRawAnswer({ askedAt, texts, ...facts }: RawAnswer): Record<string, unknown> {
  return {
    ...facts,
    askedAt: askedAt.toISOString(),
    items: texts.map(({ receivedAt, text, ...one }) => ({
      ...one,
      receivedAt: receivedAt.toISOString(),
      ...(text === undefined ? {} : { text, ...shapeOf(text) }),
    })),
  };
}

function shapeOf(text: string): { format: 'x12' | 'json' | 'text'; segments?: { number: number; raw: string }[] } {
  const read = /^\s*ISA/.test(text) ? tryReadX12(text) : undefined;
  if (read?.ok) return { format: 'x12', segments: read.file.segments.map(({ number, raw }) => ({ number, raw })) };
  return { format: isJson(text) ? 'json' : 'text' };
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
