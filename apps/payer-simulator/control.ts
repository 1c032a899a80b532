import { faultKinds, isFaultSpec } from './faults/fault';
import type { FaultRules, FaultScope } from './faults/fault-rules';
import type { Ledger } from './ledger';
import type { MemberFiles } from './member-files';
import { jsonReply, type Reply } from './reply';

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface Controlled {
  readonly files: MemberFiles;
  readonly rules: FaultRules;
  readonly ledger: Ledger;
  /** Refuses every connection for so long. */
  shutFor(ms: number): void;
}

const memberPath = /^\/control\/members\/([A-Za-z0-9_-]{1,80})$/;

/** What tests and demonstrations do to the simulator: files for members, faults, the ledger. */
export async function control(request: ControlRequest, controlled: Controlled): Promise<Reply> {
  const { method, path } = request;
  const memberId = memberPath.exec(path)?.[1];
  if (memberId !== undefined) return member(request, memberId, controlled.files);
  switch (`${method} ${path}`) {
    case 'GET /control/members':
      return jsonReply(200, { items: await controlled.files.memberIds() });
    case 'GET /control/ledger':
      return jsonReply(200, { items: controlled.ledger.since(Number(request.query.get('since') ?? '0')) });
    case 'GET /control/faults':
      return jsonReply(200, { items: controlled.rules.list() });
    case 'DELETE /control/faults':
      controlled.rules.clear();
      return jsonReply(200, { items: [] });
    case 'POST /control/faults':
      return addFault(request.body, controlled);
    default:
      return jsonReply(404, { error: `nothing at ${method} ${path}` });
  }
}

function member({ method, query, body }: ControlRequest, memberId: string, files: MemberFiles): Reply {
  if (method === 'PUT') {
    files.put(memberId, body, query.get('asIs') === 'true');
    return jsonReply(200, { memberId });
  }
  if (method === 'DELETE') return jsonReply(files.remove(memberId) ? 200 : 404, { memberId });
  return jsonReply(405, { error: 'PUT a 271 or DELETE it' });
}

function addFault(body: string, { rules, shutFor }: Controlled): Reply {
  const value = parse(body);
  const { memberId, payerId, count, share, ...fault } = value ?? {};
  const scope = {
    ...textOf('memberId', memberId),
    ...textOf('payerId', payerId),
    ...countOf(count),
    ...shareOf(share),
  };
  if (!isFaultSpec(fault))
    return jsonReply(422, { error: `kind must be one of ${faultKinds.join(', ')}, with its numbers` });
  if (fault.kind === 'refused') return refusing(fault.ms, scope, shutFor);
  return jsonReply(201, rules.add(fault, scope));
}

/** Longer than any demonstration: whoever set it cannot be asked to take it back. */
const longestRefusalMs = 600_000;

/** What is refused is not read, so that nobody knows whose inquiry it was. */
function refusing(ms: number, scope: FaultScope, shutFor: Controlled['shutFor']): Reply {
  if (Object.keys(scope).length > 0)
    return jsonReply(422, { error: 'refused meets every connection: it takes no memberId, payerId, count or share' });
  if (ms > longestRefusalMs) return jsonReply(422, { error: `ms must be at most ${longestRefusalMs}` });
  return { ...jsonReply(201, { fault: { kind: 'refused', ms } }), whenSent: () => shutFor(ms) };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(name: 'memberId' | 'payerId', value: unknown): FaultScope {
  return typeof value === 'string' ? { [name]: value } : {};
}

function countOf(value: unknown): FaultScope {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? { count: value } : {};
}

function shareOf(value: unknown): FaultScope {
  return typeof value === 'number' && value > 0 && value <= 1 ? { share: value } : {};
}
