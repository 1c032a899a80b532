import type { CivilDate } from '@openvob/benefits';
import type { Adapter, AdapterContext, Answer, Inquiry, Unavailable } from '@openvob/payers';
import type { DirectoryPayer, Facility, PayerConnection } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** What trying a connection came to: for people, without a word of the payer's own. */
export interface ConnectionTrial {
  /** The payer was reached, let us in and answered as payers do; `unknown`: it could not be told. */
  readonly works: 'yes' | 'no' | 'unknown';
  readonly words: string;
  /** Kind of answer, and its codes. */
  readonly came: string;
  readonly codes?: readonly string[];
}

export interface TrialSubject {
  readonly payer: Pick<DirectoryPayer, 'name'>;
  readonly connection: PayerConnection;
  readonly facility: Pick<Facility, 'name' | 'npi' | 'taxonomyCode' | 'inquiresAs'>;
  readonly today: CivilDate;
  /** A fresh trace number: A-Z, 0-9. */
  readonly trace: string;
}

/** Nobody: an invented person, whom no payer knows. No patient's data goes into a trial. */
const nobody = { firstName: 'Connection', lastName: 'Testcase', birthDate: '1980-01-01', memberId: 'OVBTEST0000001' };

/** An inquiry about an invented person, as a payer gets it. */
export function trialInquiry({ payer, connection, facility, today, trace }: TrialSubject): Inquiry {
  const { name, npi, taxonomyCode, inquiresAs } = facility;
  return {
    id: `inq_${trace}`,
    trace,
    payer: { name: payer.name, id: connection.payerReference },
    provider: inquiresAs ? { ...inquiresAs } : { name, npi, ...(taxonomyCode ? { taxonomyCode } : {}) },
    subscriber: nobody,
    // The plan as a whole: says nothing of what is treated.
    serviceTypes: ['30'],
    serviceDate: today,
  };
}

/** Asks a payer once about nobody, and says in words what came back. */
export async function tryConnection(
  subject: TrialSubject,
  adapter: Adapter,
  context: AdapterContext,
): Promise<ConnectionTrial> {
  if (!adapter.capabilities.electronic)
    return {
      works: 'unknown',
      came: 'by_phone',
      words: 'This connection is a person at a telephone: there is nothing to send.',
    };
  return trialOf(await adapter.verify(trialInquiry(subject), subject.connection, context));
}

/** What an answer about nobody says of a connection. */
export function trialOf(answer: Answer): ConnectionTrial {
  switch (answer.kind) {
    case 'benefits':
      return {
        works: 'yes',
        came: 'benefits',
        words: 'It works: the payer answered with benefits, as test systems do.',
      };
    case 'pending':
      return { works: 'yes', came: 'pending', words: 'It is reached: the payer took the question and answers later.' };
    case 'needs_human':
      return {
        works: 'unknown',
        came: 'needs_human',
        words: 'The payer wants a person to ask: by phone or on its portal.',
      };
    case 'unavailable':
      return { works: 'no', came: answer.why, words: unavailable[answer.why] };
    case 'rejected':
      return rejected(answer);
  }
}

function rejected({ snapshot: { rejections } }: Extract<Answer, { kind: 'rejected' }>): ConnectionTrial {
  const codes = [...new Set(rejections.map(({ code }) => code))];
  const { decisive } = outcomeOfRejections(rejections);
  const base = { came: 'rejected', codes };
  const advice = decisive?.advice ? ` ${decisive.advice}` : '';
  switch (decisive?.class) {
    case 'configuration':
    case 'provider_enrollment':
      return { ...base, works: 'no', words: `It is reached, but does not let the facility in.${advice}` };
    case 'transient':
      return {
        ...base,
        works: 'unknown',
        words: 'It is reached, but the payer behind it cannot answer at the moment.',
      };
    case 'request':
      return { ...base, works: 'no', words: `It is reached, but does not take the question as it is put.${advice}` };
    case undefined:
      return { ...base, works: 'unknown', words: 'It is reached and turned the question away without a reason.' };
    default:
      return {
        ...base,
        works: 'yes',
        words: 'It works: the payer answered that it does not know the invented person.',
      };
  }
}

const unavailable: Readonly<Record<Unavailable, string>> = {
  down: 'Nobody answers at this address, or the system behind it is down.',
  throttled: 'It is reached, but takes no more questions at the moment. Try again in some minutes.',
  timeout: 'It did not answer in time, or its answer was lost on the way.',
  unreadable: 'Something answered that is no payer: a web page, or a message that cannot be read. Look at the address.',
  foreign: 'It answered a question that was not asked. Ask the payer or the clearinghouse.',
  configuration: 'It is reached, but refuses us: look at the credentials, the ids and the enrollment.',
};
