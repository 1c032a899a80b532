import type { Rejection, Snapshot } from '@openvob/benefits';
import type { Adapter, Answer, Capabilities, Inquiry } from '@openvob/payers';
import { usualStart } from './seed';

/** A payer protocol of tests alone: what it answers is written down beforehand, and what it was asked is kept. */
export class ScriptedAdapter implements Adapter {
  readonly capabilities: Capabilities;
  /** What was done, in order: `verify 30`, `poll R1`, `lookUp 30`. */
  readonly calls: string[] = [];
  lookUp?: NonNullable<Adapter['lookUp']>;
  private readonly answers: Script[] = [];
  private readonly found: (Answer | { kind: 'never_received' })[] = [];

  constructor(
    readonly name: string,
    capabilities: Partial<Capabilities> = {},
  ) {
    const { afterLostReply = 'resend_same_trace' } = capabilities;
    this.capabilities = { severalServiceTypes: false, electronic: true, ...capabilities, afterLostReply };
    if (afterLostReply === 'look_up') {
      this.lookUp = async (inquiry) => {
        this.calls.push(`lookUp ${inquiry.serviceTypes}`);
        return this.found.shift() ?? { kind: 'never_received' };
      };
    }
  }

  /** Answers of the next inquiries, in their order; the last one repeats. */
  answer(...answers: Script[]): void {
    this.answers.splice(0, this.answers.length, ...answers);
  }

  /** What the next look-ups find. */
  find(...found: (Answer | { kind: 'never_received' })[]): void {
    this.found.push(...found);
  }

  checkConnection(): string[] {
    return [];
  }

  fieldsOf(): string[] {
    return ['/subscriber/memberId', '/serviceTypes'];
  }

  async verify(inquiry: Inquiry): Promise<Answer> {
    this.calls.push(`verify ${inquiry.serviceTypes}`);
    const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (next === undefined) throw new Error(`${this.name} was asked without an answer written down`);
    return typeof next === 'function' ? next(inquiry) : next;
  }

  async poll(reference: string): Promise<Answer> {
    this.calls.push(`poll ${reference}`);
    const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (next === undefined || typeof next === 'function') throw new Error(`${this.name} has nothing to poll`);
    return next;
  }
}

export type Script = Answer | ((inquiry: Inquiry) => Promise<Answer>);

/** Benefits that leave nothing open: 20 % after a deductible that is met. */
export function fullBenefits(): Answer {
  const source = { segment: 1, raw: 'EB*1**30' };
  const common = { network: 'either' as const, source };
  const begins = `${usualStart().slice(0, 4)}-01-01`;
  const year = { from: begins, to: `${begins.slice(0, 4)}-12-31` };
  const accumulator = {
    ...common,
    ...year,
    serviceTypes: ['30'],
    level: 'individual',
    period: 'calendar_year',
  } as const;
  const amounts = { limitCents: 100_000, remainingCents: 0, source: [source] };
  const covered = (serviceTypes: string[]) => ({
    serviceTypes,
    network: 'either' as const,
    status: 'active' as const,
    source,
  });
  const snapshot: Snapshot = {
    outcome: 'benefits',
    rejections: [],
    trace: [],
    payer: { name: 'SCRIPTED' },
    provider: {},
    subscriber: {},
    patient: {},
    status: 'active',
    spans: [],
    plans: [],
    coverages: [covered(['30']), covered(['MH'])],
    accumulators: [
      { ...accumulator, serviceTypes: ['30'], kind: 'deductible', ...amounts },
      { ...accumulator, serviceTypes: ['30'], kind: 'out_of_pocket', ...amounts, remainingCents: 90_000 },
    ],
    costShares: [{ ...common, serviceTypes: ['MH'], kind: 'coinsurance', percent: 20 }],
    limits: [],
    authorizations: [{ serviceTypes: ['MH'], network: 'either', required: 'no', source }],
    exclusions: [],
    entities: [],
    otherPayers: [],
    messages: [],
    basis: {
      planDates: [{ from: begins }],
      rows: [covered(['30']), covered(['MH'])].map((row) => ({ ...row, says: 'coverage' as const })),
      forOthers: [],
    },
  };
  return { kind: 'benefits', snapshot, issues: [], evidence: {} };
}

/** No answer, for a reason. */
export function unavailableAnswer(why: Extract<Answer, { kind: 'unavailable' }>['why']): Answer {
  return { kind: 'unavailable', why, detail: why, evidence: {} };
}

/** A rejection of the payer's, of no person. */
export function rejectedAnswer(code: string, rejectionClass: Rejection['class']): Answer {
  const { snapshot, ...answer } = fullBenefits() as Extract<Answer, { kind: 'benefits' }>;
  const rejections = [{ level: 'payer', code, class: rejectionClass, advice: '', source: { segment: 5 } } as const];
  return { ...answer, kind: 'rejected', snapshot: { ...snapshot, outcome: 'rejected', rejections } };
}
