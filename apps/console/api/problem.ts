import type { FieldJson } from '@openvob/results';

/** What the API refused, in its own words (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldJson[] = [],
    readonly retryAfterSeconds?: number,
    readonly traceId?: string,
  ) {
    super(message);
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor() {
    super('OpenVOB does not answer. Check the network; nothing that you typed is lost.');
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly errors?: readonly FieldJson[];
}

/** Reads problem details; what is none (a proxy's page) is told by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiProblem(
    response.status,
    body.code ?? 'unknown',
    body.detail ?? body.title ?? `The server answered ${response.status}.`,
    body.errors ?? [],
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
    body.traceId,
  );
}

/** What to tell a person about any failure. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return withTrace(error);
  return error instanceof Unreachable ? error.message : 'Something went wrong on this page. Load it again.';
}

/** Operations find the request by its trace id when it is their fault. */
function withTrace({ message, status, traceId }: ApiProblem): string {
  return status >= 500 && traceId ? `${message}. Tell support this number: ${traceId}` : message;
}
