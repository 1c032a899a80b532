import { createHash } from 'node:crypto';
import type { CivilDate } from '@openvob/benefits';
import type { Inquiry } from '@openvob/payers';
import { inquiryOf } from '@openvob/verification/inquiry-of';
import { asGiven } from '@openvob/verification/variation';
import { type WriteFault, write270 } from '@openvob/x12';
import { type InquiryError, InquiryFault, type InquiryRequest } from './inquiry-request';

/** What an inquiry needs and a request does not say. */
export interface InquiryOptions {
  readonly payerId?: string;
  readonly payerName?: string;
  readonly providerName?: string;
  readonly npi?: string;
  readonly taxonomy?: string;
  readonly serviceTypes: readonly string[];
  readonly date?: CivilDate;
  readonly trace: string;
  readonly sender: string;
  readonly receiver?: string;
  /** TRN03; `9` and the sender when absent. */
  readonly originator?: string;
  /** ISA13; made of the trace and the moment of writing when absent, so that both alike give the same message. */
  readonly control?: number;
  /** `YYYY-MM-DDTHH:MM`. */
  readonly writtenAt: string;
  readonly usage: 'P' | 'T';
  readonly coverage: 'primary' | 'secondary' | 'tertiary';
  readonly lineBreaks: boolean;
}

const ORDERS = ['primary', 'secondary', 'tertiary'] as const;
const HIGHEST_CONTROL = 999_999_999;

/**
 * The 270 of a request, with just what the service itself would send.
 *
 * @throws InquiryFault naming the field of the request or the option that cannot be used
 */
export function writeInquiry(request: InquiryRequest, options: InquiryOptions): string {
  const position = positionOf(request, options);
  const inquiry = inquiryFrom(request, position, options);
  const { sender, receiver = inquiry.payer.id, writtenAt, usage, lineBreaks, control } = options;
  const written = write270({
    ...inquiry,
    originator: options.originator ?? originatorOf(sender),
    envelope: {
      sender: { qualifier: 'ZZ', id: sender },
      receiver: { qualifier: 'ZZ', id: receiver },
      control: control ?? controlOf(options),
      writtenOn: writtenAt.slice(0, 10),
      writtenAt: writtenAt.slice(11, 16),
      usage,
      lineBreaks,
    },
  });
  if (written.ok) return written.text;
  const [first = { field: '', code: 'missing', message: 'cannot be written' }] = written.faults;
  throw new InquiryFault(errorOf(first, { request, position, options }));
}

/** The coverage of the order asked for; without orders the first is primary. */
function positionOf({ coverages }: InquiryRequest, { coverage }: InquiryOptions): number {
  const position = coverages.findIndex(({ order }, at) => (order ?? ORDERS[at]) === coverage);
  if (position >= 0) return position;
  throw new InquiryFault({ code: 'missing', path: '/coverages', message: `has no ${coverage} coverage` });
}

function inquiryFrom(request: InquiryRequest, position: number, options: InquiryOptions): Inquiry {
  const { trace, serviceTypes, taxonomy, writtenAt } = options;
  const payer = request.coverages[position]?.payer;
  const inquiry = inquiryOf(
    {
      request,
      facility: {
        name: options.providerName ?? '',
        npi: options.npi ?? '',
        ...(taxonomy === undefined ? {} : { taxonomyCode: taxonomy }),
      },
      memberId: request.coverages[position]?.memberId,
      payer: { name: options.payerName ?? payer?.name ?? '' },
      connection: { payerReference: options.payerId ?? payer?.id ?? '' },
      serviceType: serviceTypes[0] ?? '',
      variation: asGiven,
      serviceDate: options.date ?? request.admission.startDate ?? writtenAt.slice(0, 10),
    },
    { id: trace, trace },
  );
  return { ...inquiry, serviceTypes: [...serviceTypes] };
}

function originatorOf(sender: string): string {
  return `9${sender.toUpperCase().replace(/[^A-Z0-9]/g, '')}`.slice(0, 10).padEnd(10, '0');
}

function controlOf({ trace, writtenAt }: InquiryOptions): number {
  const digest = createHash('sha256').update(`${trace}|${writtenAt}`).digest();
  return (digest.readUInt32BE(0) % HIGHEST_CONTROL) + 1;
}

interface Context {
  readonly request: InquiryRequest;
  readonly position: number;
  readonly options: InquiryOptions;
}

/** A fault of the message as a fault of what was handed in. */
function errorOf({ field, code, message }: WriteFault, context: Context): InquiryError {
  const option = OPTIONS[field] ?? (field.startsWith('/serviceTypes') ? '--service-type' : undefined);
  const path = pathOf(field, context) ?? option ?? field;
  const hint = option === undefined || option === path ? '' : `; give it in the request or as ${option}`;
  const isMissing = code === 'missing' || (field === '/provider/npi' && context.options.npi === undefined);
  return isMissing ? { code: 'missing', path, message: `is required${hint}` } : { code, path, message };
}

const OPTIONS: Readonly<Record<string, string>> = {
  '/payer/id': '--payer-id',
  '/payer/name': '--payer-name',
  '/provider/name': '--provider-name',
  '/provider/npi': '--npi',
  '/provider/taxonomyCode': '--taxonomy',
  '/serviceDate': '--date',
  '/trace': '--trace',
  '/originator': '--originator',
  '/envelope/sender/id': '--sender',
  '/envelope/receiver/id': '--receiver',
  '/envelope/control': '--control',
  '/envelope/groupControl': '--control',
  '/envelope/writtenOn': '--written-at',
  '/envelope/writtenAt': '--written-at',
};

/** Where in the request a field of the message came from; nowhere when an option gave it. */
function pathOf(field: string, { request, position, options }: Context): string | undefined {
  const [, party = '', name = ''] = field.split('/');
  const isSelf = request.subscriber === undefined;
  if (party === 'dependent' || (party === 'subscriber' && isSelf && name !== 'memberId')) return `/patient/${name}`;
  if (field === '/subscriber/memberId') return `/coverages/${position}/memberId`;
  if (party === 'subscriber') return field;
  if (field === '/payer/id' && options.payerId === undefined) return `/coverages/${position}/payer/id`;
  if (field === '/payer/name' && options.payerName === undefined) return `/coverages/${position}/payer/name`;
  const dateFromRequest = options.date === undefined && request.admission.startDate !== undefined;
  return field === '/serviceDate' && dateFromRequest ? '/admission/startDate' : undefined;
}
