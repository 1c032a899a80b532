import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Adapter } from '@openvob/payers';
import type { Way } from './connection-choice';
import { inquiryOf } from './inquiry-of';
import { personsFor, serviceTypesFor } from './inquiry-options';
import type { DirectoryPayer, Facility, PayerDirectory, RecipeMemory } from './ports';
import { consentNeed, hasLiveConsent, missingInformation, needsConsent } from './readiness';
import { matchPayer, waysTo } from './routing';
import { asGiven, type Variation } from './variation';

/** One inquiry that would be sent. */
export interface PlannedInquiry {
  serviceTypes: string[];
  fields: string[];
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

  private async planOf(one: Sendable, request: AdmissionRequest, context: Context): Promise<Plan> {
    const { position, payer, way } = one;
    const memberId = request.coverages[position]?.memberId;
    const about = { request, facility: context.facility, payer, memberId };
    const serviceDate = request.admission.startDate ?? context.today;
    const inquiry = (serviceType: string, variation: Variation): PlannedInquiry => {
      const subject = { ...about, connection: way.connection, serviceType, variation, serviceDate };
      const { serviceTypes, ...rest } = inquiryOf(subject, { id: 'dry-run', trace: 'DRYRUN' });
      return { serviceTypes, fields: way.adapter.fieldsOf({ ...rest, serviceTypes }) };
    };
    const [whole, ...further] = serviceTypesFor({
      position,
      track: trackOf(request, context),
      hasConsent: hasLiveConsent({ consents: consentsOf(request) }, context.today),
      supported: way.connection.serviceTypes,
      memory: await this.parts.recipes.of(way.connection.id),
      now: this.parts.now(),
      seed: '',
    });
    const persons = personsFor({ ...about, serviceDate }, way);
    return {
      first: inquiry(whole, asGiven),
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
  const known = plans.flatMap(({ costCents, following }) =>
    costCents === undefined ? [] : [{ costCents, following }],
  );
  if (known.length < plans.length || known.length === 0) return {};
  const costCents = known.reduce((sum, plan) => sum + plan.costCents, 0);
  const most = known.reduce((sum, plan) => sum + plan.costCents * (1 + plan.following.length), 0);
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
