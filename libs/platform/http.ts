/** One outgoing request. Bodies are bytes or text; nothing is followed, retried or decompressed beyond `maxResponseBytes`. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Hard deadline for the whole exchange, milliseconds. */
  timeoutMs: number;
  maxResponseBytes?: number;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Why no response came. Carries no URL, header or body. */
export class HttpFailure extends Error {
  /** No connection stood, so that nothing of the request can have arrived anywhere; otherwise it may have been received and done. */
  readonly nothingSent: boolean;

  constructor(
    readonly why: 'refused' | 'reset' | 'timeout' | 'dns' | 'tls' | 'too_large' | 'aborted' | 'other',
    { nothingSent = false, ...options }: { cause?: unknown; nothingSent?: boolean } = {},
  ) {
    super(`http ${why}`, options);
    this.name = 'HttpFailure';
    this.nothingSent = nothingSent;
  }
}

/** The one way out of the process. Any status is a response; rejects with `HttpFailure` only. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}
