/** How the bytes of a reply travel. */
export type Delivery =
  | { readonly kind: 'whole' }
  /** Never a byte. */
  | { readonly kind: 'silent' }
  /** The connection is reset instead of an answer. */
  | { readonly kind: 'reset' }
  /** Headers promise the whole body; half of it comes, then the connection ends. */
  | { readonly kind: 'cut' }
  /** Headers at once, the body byte by byte. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** Not even the headers come whole. */
  | { readonly kind: 'slow_header'; readonly everyMs: number }
  /** Whole, and then once more without having been asked for. */
  | { readonly kind: 'twice' };

/** An HTTP answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly delivery: Delivery;
  readonly delayMs: number;
  /** What follows once it has been sent whole. */
  readonly whenSent?: () => void;
}

/** A plain reply, sent at once. */
export function reply(status: number, contentType: string, body: string): Reply {
  return { status, headers: { 'content-type': contentType }, body, delivery: { kind: 'whole' }, delayMs: 0 };
}

export function jsonReply(status: number, value: unknown): Reply {
  return reply(status, 'application/json', JSON.stringify(value));
}
