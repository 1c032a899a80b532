import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Adapter, Inquiry } from '@openvob/payers';
import type { Way } from './connection-choice';
import { inquiryOf } from './inquiry-of';
import { personsFor, serviceTypesFor } from './inquiry-options';
import type { DirectoryPayer, Facility, PayerDirectory, RecipeMemory } from './ports';
import { consentNeed, hasLiveConsent, missingInformation, needsConsent } from './readiness';
import { type ReuseWish, reuseWish } from './reusing';
import { matchPayer, waysTo } from './routing';
import { asGiven, type Variation } from './variation';

/** One inquiry that would be sent. */
export interface PlannedInquiry {
  serviceTypes: string[];
  fields: string[];
  /** It would not be sent: an answer to the same question serves, at no cost. */
  reused?: { answeredAt: Date };
}

/** One that may follow: while the payer leaves something unsaid, or where it does not find the member as the request names them. */
export interface FollowingInquiry extends PlannedInquiry {
  when: 'unsaid' | 'not_found';
  variation?: string;
}

/** What a request would lead to; nothing is stored or sent. */
export interface DryRunResult {
  payer?: { id: string; name: string };
  via?: string;
  inquiries: PlannedInquiry[];
  /** Inquiries that may follow, in their order; left out where none may. */
  mayFollow?: FollowingInquiry[];
  missing: { pointer: string; why: string }[];
  /** What the inquiries cost that are sent in any case. */
  costCents?: number;
  /** What all of them can come to; payers that an answer names are not counted. */
  mostCostCents?: number;
}

export interface DryRunParts {
  directory: PayerDirectory;
  adapters: ReadonlyMap<string, Adapter>;
  recipes: RecipeMemory;
  now(): Date;
  /** What the inquiries of one verification and round may cost. */
  mostCostCents?: number;
  /** Answers so old at most, milliseconds, stand in for asking; when the one was given that does. */
  reuse: { forMs: number; answeredAt(facilityId: string, wish: ReuseWish): Promise<Date | undefined> };
  /** The facility, its program and today's date there. */
  context(facilityId: string, programId: string | undefined): Promise<Context>;
}

interface Context {
  facility: Facility;
  track?: 'sud' | 'mh' | 'dual';
  today: CivilDate;
}

/** Says which payer would be asked what, and what is missing for it. */
export class DryRun {
  constructor(private readonly parts: DryRunParts) {}

  async of(facilityId: string, request: AdmissionRequest): Promise<DryRunResult> {
    const { directory, adapters } = this.parts;
    const context = await this.parts.context(facilityId, request.program?.id);
    const matches = await Promise.all(request.coverages.map((coverage) => matchPayer(directory, coverage)));
    const needs = [
      ...missingInformation(request, matches, context.track !== undefined),
      ...consentNeeds(request, context),
    ];
    const missing = needs.flatMap((need) => (need.fields ?? ['']).map((pointer) => ({ pointer, why: need.message })));
    const asked: { position: number; payer: DirectoryPayer; way: Way | undefined }[] = [];
    for (const [position, match] of matches.entries()) {
      if (!('payer' in match)) continue;
      const [way] = await waysTo(directory, adapters, match.payer.id);
      asked.push({ position, payer: match.payer, way });
    }
    const [first] = asked;
    const plans = await Promise.all(
      asked.flatMap(({ position, payer, way }) =>
        way ? [this.planOf({ position, payer, way }, request, context)] : [],
      ),
    );
    return {
      ...(first
        ? { payer: { id: first.payer.id, name: first.payer.name }, via: first.way?.connection.adapter ?? 'phone' }
        : {}),
      ...(missing.length > 0 ? { inquiries: [] } : inquiriesOf(plans)),
      missing,
      ...costsOf(plans, this.parts.mostCostCents),
    };
  }

  private reusable(inquiry: Inquiry, { connection }: Way, { facility }: Context): Promise<Date | undefined> {
    const { reuse, now } = this.parts;
    if (reuse.forMs <= 0) return Promise.resolve(undefined);
    const at = { now: now(), timeZone: facility.timeZone, maxAgeMs: reuse.forMs };
    return reuse.answeredAt(facility.id, reuseWish(inquiry, connection.id, at));
  }

  private async planOf(one: Sendable, request: AdmissionRequest, context: Context): Promise<Plan> {
    const { position, payer, way } = one;
    const memberId = request.coverages[position]?.memberId;
    const about = { request, facility: context.facility, payer, memberId };
    const serviceDate = request.admission.startDate ?? context.today;
    const asked = (serviceType: string, variation: Variation): Inquiry => {
      const subject = { ...about, connection: way.connection, serviceType, variation, serviceDate };
      return inquiryOf(subject, { id: 'dry-run', trace: 'DRYRUN' });
    };
    const inquiry = (serviceType: string, variation: Variation): PlannedInquiry => {
      const one = asked(serviceType, variation);
      return { serviceTypes: one.serviceTypes, fields: way.adapter.fieldsOf(one) };
    };
    const [whole, ...further] = serviceTypesFor({
      position,
      track: trackOf(request, context),
      hasConsent: !context.facility.inquiresAs && hasLiveConsent({ consents: consentsOf(request) }, context.today),
      supported: way.connection.serviceTypes,
      memory: await this.parts.recipes.of(way.connection.id),
      now: this.parts.now(),
      seed: '',
    });
    const persons = personsFor({ ...about, serviceDate }, way);
    const answeredAt = await this.reusable(asked(whole, asGiven), way, context);
    return {
      first: { ...inquiry(whole, asGiven), ...(answeredAt ? { reused: { answeredAt } } : {}) },
      following: [
        ...persons.map((person) => ({
          ...inquiry(whole, { ...asGiven, person }),
          when: 'not_found' as const,
          variation: person,
        })),
        ...further.map((serviceType) => ({ ...inquiry(serviceType, asGiven), when: 'unsaid' as const })),
      ],
      costCents: way.connection.costCents,
    };
  }
}

interface Sendable {
  position: number;
  payer: DirectoryPayer;
  way: Way;
}

interface Plan {
  first: PlannedInquiry;
  following: FollowingInquiry[];
  costCents: number | undefined;
}

function inquiriesOf(plans: readonly Plan[]): Pick<DryRunResult, 'inquiries' | 'mayFollow'> {
  const mayFollow = plans.flatMap(({ following }) => following);
  return { inquiries: plans.map(({ first }) => first), ...(mayFollow.length > 0 ? { mayFollow } : {}) };
}

/** Nothing is said of costs while one of them is not known. */
function costsOf(plans: readonly Plan[], limit: number | undefined): Pick<DryRunResult, 'costCents' | 'mostCostCents'> {
  const known = plans.flatMap(({ costCents, first, following }) =>
    costCents === undefined ? [] : [{ costCents, firstCents: first.reused ? 0 : costCents, following }],
  );
  if (known.length < plans.length || known.length === 0) return {};
  const costCents = known.reduce((sum, plan) => sum + plan.firstCents, 0);
  const most = known.reduce((sum, plan) => sum + plan.firstCents + plan.costCents * plan.following.length, 0);
  return { costCents, mostCostCents: Math.max(costCents, Math.min(most, limit ?? most)) };
}

function trackOf(request: AdmissionRequest, context: Context): 'sud' | 'mh' | 'dual' {
  return request.admission.track ?? context.track ?? 'sud';
}

function consentsOf({ consent }: AdmissionRequest): Parameters<typeof consentNeed>[0]['consents'] {
  return consent ? [{ ...consent, revoked: false }] : [];
}

function consentNeeds(request: AdmissionRequest, context: Context): ReturnType<typeof consentNeed>[] {
  const consents = consentsOf(request);
  const needed = needsConsent(trackOf(request, context));
  return needed && !hasLiveConsent({ consents }, context.today) ? [consentNeed({ consents })] : [];
}
