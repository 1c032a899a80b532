/** One faulty field of a body: `pointer` is a JSON Pointer from the body's root; `detail` never holds the value. */
export interface ProblemField {
  pointer: string;
  code: string;
  detail: string;
}

const titles = {
  unparsable_body: [400, 'The body is not JSON'],
  idempotency_key_missing: [400, 'This request needs an Idempotency-Key header'],
  malformed_request: [400, 'The request cannot be understood'],
  unauthenticated: [401, 'No valid credentials'],
  second_factor_required: [401, 'A code of your second factor is needed'],
  forbidden: [403, 'Your role may not do this'],
  facility_not_chosen: [403, 'Choose a facility first'],
  second_factor_missing: [403, 'Set up a second factor first'],
  foreign_page: [403, 'This request did not come from our own pages'],
  not_found: [404, 'There is nothing here'],
  method_not_allowed: [405, 'This method is not offered here'],
  in_progress: [409, 'The first request with this Idempotency-Key is still running'],
  wrong_state: [409, 'This cannot be done in the present state'],
  link_unusable: [410, 'This link was used, has expired or is none of ours'],
  keys_destroyed: [410, 'The keys of these data were destroyed: nobody can read them any more'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body must be JSON'],
  validation_failed: [422, 'Some fields cannot be used'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used with another body'],
  unknown_program: [422, 'There is no such program'],
  unknown_payer: [422, 'There is no such payer'],
  too_many_requests: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  keys_unavailable: [503, 'Patient data cannot be opened at the moment'],
  unavailable: [503, 'The service cannot answer at the moment'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof titles;

/** Every problem that the API answers with, with its HTTP status and title (RFC 9457). */
export const problemCodes = Object.keys(titles) as ProblemCode[];

/** An expected refusal of a request. Thrown by services, turned into problem details at the border. Holds no patient data. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly options: {
      detail?: string;
      fields?: readonly ProblemField[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(titles[code][1], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    [this.status, this.title] = titles[code];
  }
}
