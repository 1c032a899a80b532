import { type CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Adapter } from '@openvob/payers';
import { inquiryOf } from './inquiry-of';
import type { DirectoryPayer, Facility, PayerConnection, PayerDirectory } from './ports';
import { consentNeed, hasLiveConsent, missingInformation, needsConsent } from './readiness';
import { electronicConnection, matchPayer, serviceTypesToAsk } from './routing';

/** What a request would lead to; nothing is stored or sent. */
export interface DryRunResult {
  payer?: { id: string; name: string };
  via?: string;
  inquiries: { serviceTypes: string[]; fields: string[] }[];
  missing: { pointer: string; why: string }[];
  costCents?: number;
}

export interface DryRunParts {
  directory: PayerDirectory;
  adapters: ReadonlyMap<string, Adapter>;
  /** The facility, its program and today's date there. */
  context(
    facilityId: string,
    programId: string | undefined,
  ): Promise<{ facility: Facility; track?: 'sud' | 'mh' | 'dual'; today: CivilDate }>;
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
    const asked = [];
    for (const [position, match] of matches.entries()) {
      const connection = 'payer' in match ? await electronicConnection(directory, adapters, match.payer.id) : undefined;
      if ('payer' in match) asked.push({ position, payer: match.payer, connection });
    }
    const sendable = asked.filter((one): one is Sendable => one.connection !== undefined);
    const costs = sendable.flatMap(({ connection }) =>
      connection.costCents === undefined ? [] : [connection.costCents],
    );
    return {
      ...(asked[0]
        ? { payer: { id: asked[0].payer.id, name: asked[0].payer.name }, via: asked[0].connection?.adapter ?? 'phone' }
        : {}),
      inquiries: missing.length > 0 ? [] : sendable.flatMap((one) => this.inquiriesTo(one, request, context)),
      missing,
      ...(costs.length === sendable.length && costs.length > 0
        ? { costCents: costs.reduce((sum, cost) => sum + cost, 0) * serviceTypesToAsk.length }
        : {}),
    };
  }

  private inquiriesTo(
    one: Sendable,
    request: AdmissionRequest,
    context: { facility: Facility; today: CivilDate },
  ): DryRunResult['inquiries'] {
    const serviceDate = request.admission.startDate ?? context.today;
    return serviceTypesToAsk.map((serviceType) => {
      const inquiry = inquiryOf(
        { request, facility: context.facility, ...one, serviceType, serviceDate },
        { id: 'dry-run', trace: 'DRYRUN' },
      );
      return {
        serviceTypes: inquiry.serviceTypes,
        fields: this.parts.adapters.get(one.connection.adapter)?.fieldsOf(inquiry) ?? [],
      };
    });
  }
}

interface Sendable {
  position: number;
  payer: DirectoryPayer;
  connection: PayerConnection;
}

function consentNeeds(
  request: AdmissionRequest,
  context: { track?: 'sud' | 'mh' | 'dual'; today: CivilDate },
): ReturnType<typeof consentNeed>[] {
  const consents = request.consent ? [{ ...request.consent, revoked: false }] : [];
  const needed = needsConsent(request.admission.track ?? context.track ?? 'sud');
  return needed && !hasLiveConsent({ consents }, context.today) ? [consentNeed({ consents })] : [];
}
