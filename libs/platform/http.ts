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
  constructor(
    readonly why: 'refused' | 'reset' | 'timeout' | 'dns' | 'tls' | 'too_large' | 'aborted' | 'other',
    options?: { cause?: unknown },
  ) {
    super(`http ${why}`, options);
    this.name = 'HttpFailure';
  }
}

/** The one way out of the process. Any status is a response; rejects with `HttpFailure` only. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}
