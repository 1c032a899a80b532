import type { Findings } from '../findings';
import type { JsonNode } from '../json/json-node';
import { objectOf, reportUnread, textOf } from '../json/shape';
import { reportUnknown } from './members';

/** What an entry is for: a service type (code list 1365), a procedure (the first of a range), or, with neither, the plan as a whole. */
export interface Service {
  readonly serviceTypes: readonly string[];
  readonly procedure?: string;
}

const PLAN: Service = { serviceTypes: [] };
const SERVICE_TYPES = 'STC';
const PROCEDURE_SYSTEMS = new Set(['CDT', 'CPT', 'HCPCS', 'ICD-10-PCS', 'NDC']);

/** The service of an entry; `undefined`, with a finding, when it cannot be told, for such an entry is not for the plan. */
export function serviceOf(entry: JsonNode, findings: Findings): Service | undefined {
  if (!entry.get('service').exists) return PLAN;
  const service = objectOf(entry, 'service', findings);
  if (service === undefined) return undefined;
  if (service.keys().length === 0) return PLAN;
  reportUnknown(service, 'service', findings);
  const told = toldBy(service, findings);
  if (told === undefined) reportUnread(entry, 'The entry is for a service that cannot be told.', findings);
  const end = service.at('range', 'end');
  if (told !== undefined && end.exists) reportUnread(end, 'The entry is for all procedures up to this one.', findings);
  return told;
}

/** Systems of a code whose system nobody said: service types have one or two characters, procedures five. */
const UNSAID: readonly (readonly [RegExp, string])[] = [
  [/^[A-Z\d]{1,2}$/, SERVICE_TYPES],
  [/^[A-Z\d]{5}$/, 'CPT'],
];

function systemOf(service: JsonNode, findings: Findings): string | undefined {
  if (service.get('system').exists) return textOf(service, 'system', findings);
  const value = service.text('value') ?? service.at('range', 'start').text('value') ?? '';
  return UNSAID.find(([pattern]) => pattern.test(value))?.[1];
}

function toldBy(service: JsonNode, findings: Findings): Service | undefined {
  const system = systemOf(service, findings);
  const value = textOf(service, 'value', findings);
  if (system === SERVICE_TYPES) return value === undefined ? undefined : { serviceTypes: [value] };
  if (!PROCEDURE_SYSTEMS.has(system ?? '')) return undefined;
  const procedure = value ?? service.at('range', 'start').text('value');
  return procedure === undefined ? undefined : { serviceTypes: [], procedure };
}
