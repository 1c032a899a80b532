import { authorizationStatuses, authorizationUnits } from '@openvob/estimate';
import type { AuthorizationContent, RecordContext } from '@openvob/store';
import { readBody, refused } from './body';

type AuthorizationBody = Omit<AuthorizationContent, 'recordedOn' | 'payer'> & { readonly amends?: string };

const longest = { number: 60, by: 120, words: 4000 };
const mostUnits = 10_000;

/**
 * Reads what a payer decided about authorizing the program.
 *
 * @throws Problem `validation_failed`
 */
export function readAuthorizationBody(body: unknown): AuthorizationBody {
  return readBody(body, (fields) => {
    fields.only(
      'coverage',
      'status',
      'number',
      'unit',
      'approved',
      'from',
      'to',
      'decidedOn',
      'nextReviewOn',
      'by',
      'words',
      'amends',
    );
    const status = fields.choice('status', authorizationStatuses, 'needed') ?? 'requested';
    const approved = fields.whole('approved', { least: 0, most: mostUnits });
    const unit = fields.choice('unit', authorizationUnits, approved === undefined ? undefined : 'needed');
    const from = fields.date('from');
    const to = fields.date('to');
    if (from && to && to < from) fields.fault('to', 'out_of_range', 'must not lie before from');
    if (status !== 'approved' && approved) fields.fault('approved', 'out_of_range', 'is of an approval alone');
    return present({
      coverage: fields.whole('coverage', { least: 0, most: 2 }) ?? 0,
      status,
      number: fields.text('number', longest.number),
      unit,
      approved,
      from,
      to,
      decidedOn: fields.date('decidedOn'),
      nextReviewOn: fields.date('nextReviewOn'),
      by: fields.text('by', longest.by),
      words: fields.text('words', longest.words),
      amends: fields.text('amends', 60),
    });
  });
}

/** @throws Problem `validation_failed` */
export function readAuthorization(
  { amends, ...authorization }: AuthorizationBody,
  context: RecordContext,
): { amends?: string; content: AuthorizationContent } {
  const { amendable, today, ground } = context;
  if (amends !== undefined && !amendable.some(({ id }) => id === amends))
    throw refused([
      {
        pointer: '/amends',
        code: 'unknown_value',
        detail: 'must be the id of an authorization of this verification',
      },
    ]);
  if (authorization.decidedOn && authorization.decidedOn > today)
    throw refused([{ pointer: '/decidedOn', code: 'in_the_future', detail: 'must not lie in the future' }]);
  if (ground && authorization.coverage >= ground.payers.length)
    throw refused([
      { pointer: '/coverage', code: 'out_of_range', detail: 'must be the index of a coverage of the request' },
    ]);
  const payer = payerOf(authorization.coverage, amends, context);
  return {
    content: { ...authorization, ...(payer ? { payer } : {}), recordedOn: today },
    ...(amends ? { amends } : {}),
  };
}

/** The payer that the coverage has; what is mended of a record stays with the payer that it was recorded under. */
function payerOf(
  coverage: number,
  amends: string | undefined,
  { amendable, request, ground }: RecordContext,
): string | undefined {
  const amended = amendable.find(({ id }) => id === amends)?.content as AuthorizationContent | undefined;
  if (amended?.payer && amended.coverage === coverage) return amended.payer;
  return request.coverages[coverage]?.payer?.id ?? ground?.payers[coverage]?.id;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
