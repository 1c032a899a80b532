import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { genesis, HeadSigner, installationChain, type Principal } from '@openvob/access';
import { isInstant } from '@openvob/intake';
import { type Clock, Problem } from '@openvob/platform';
import { AuditTrail, type ChainEnd, type TrailEntry, type TrailFilter } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { AuditHeadDto, AuditTrailDto } from './audit.dto';
import { cursorOf, readCursor } from './cursor';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';

const usualLimit = 50;
const mostAtOnce = 200;
const mostActions = 20;

/** Query parameters, as they come. */
interface TrailQuery {
  from?: string;
  to?: string;
  actor?: string;
  action?: string;
  subject?: string;
  emergency?: string;
  limit?: string;
  cursor?: string;
}

@ApiTags('Audit')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/audit')
export class AuditController {
  constructor(
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(HeadSigner) private readonly signer: HeadSigner,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get()
  @AllowRoles('auditor', 'admin')
  @ApiOperation({
    summary: 'Who did what, newest first',
    description:
      'Every read and write of patient data, disclosure, sign-in, and change of keys and settings. To read it is a line of it.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'An instant' })
  @ApiQuery({ name: 'to', required: false, description: 'An instant; up to and not including' })
  @ApiQuery({ name: 'actor', required: false, description: 'The id of a person, key, website or worker' })
  @ApiQuery({ name: 'action', required: false, description: 'Several by commas', example: 'verification.read' })
  @ApiQuery({
    name: 'subject',
    required: false,
    description: 'The id of what it was done to; lines that showed it in a list count too',
  })
  @ApiQuery({ name: 'emergency', required: false, description: 'What was done under one emergency access' })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: `${usualLimit}; at most ${mostAtOnce}` })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: AuditTrailDto })
  async find(@Caller() caller: Principal, @Query() query: TrailQuery): Promise<object> {
    return pageOf(query, (filter) => this.trail.find(this.asked(caller), filter));
  }

  @Get('installation')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({
    summary: 'What belongs to no facility, newest first',
    description:
      'Sign-ins to accounts that are unknown or without a facility, faults of the key service, changes of the installation’s keys. Lines about other facilities are left out. To have read it stands in the facility’s own trail.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'An instant' })
  @ApiQuery({ name: 'to', required: false, description: 'An instant; up to and not including' })
  @ApiQuery({ name: 'actor', required: false })
  @ApiQuery({ name: 'action', required: false, description: 'Several by commas', example: 'keys.unavailable' })
  @ApiQuery({ name: 'subject', required: false })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: `${usualLimit}; at most ${mostAtOnce}` })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: AuditTrailDto })
  async findOfInstallation(@Caller() caller: Principal, @Query() query: TrailQuery): Promise<object> {
    return pageOf(query, (filter) => this.trail.findOfInstallation(this.asked(caller), filter));
  }

  @Get('head')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({
    summary: 'Where the hash chain ends, signed',
    description: 'Kept elsewhere, it shows any change to what was written before.',
  })
  @ApiResponse({ status: 200, type: AuditHeadDto })
  async head(@Caller() caller: Principal): Promise<object> {
    return this.signed(caller.facilityId, await this.trail.head(caller.facilityId));
  }

  @Get('installation/head')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'Where the hash chain of the installation ends, signed' })
  @ApiResponse({ status: 200, type: AuditHeadDto })
  async headOfInstallation(): Promise<object> {
    return this.signed(installationChain, await this.trail.headOfInstallation());
  }

  private asked(caller: Principal): { facilityId: string; actor: ReturnType<typeof actorOf>; now: Date } {
    return { facilityId: caller.facilityId, actor: actorOf(caller), now: this.clock.now() };
  }

  private signed(chain: string, end: ChainEnd | undefined): object {
    const head = end ?? { position: 0, hash: genesis.toString('hex'), at: this.clock.now() };
    return this.signer.sign({ chain, ...head, at: head.at.toISOString() });
  }
}

async function pageOf(query: TrailQuery, find: (filter: TrailFilter) => Promise<TrailEntry[]>): Promise<object> {
  const filter = filterOf(query);
  const found = await find({ ...filter, limit: filter.limit + 1 });
  const items = found.slice(0, filter.limit);
  const last = items.at(-1);
  return {
    items: items.map(presented),
    ...(found.length > filter.limit && last ? { nextCursor: cursorOf([last.at.toISOString(), last.id]) } : {}),
  };
}

function presented({ at, seal, ...entry }: TrailEntry): object {
  return {
    ...entry,
    at: at.toISOString(),
    ...(seal ? { seal: { ...seal, at: seal.at.toISOString() } } : {}),
  };
}

function filterOf(query: TrailQuery): TrailFilter {
  const { actor, subject, emergency, cursor } = query;
  const [from, to] = [instantOf('from', query.from), instantOf('to', query.to)];
  const actions = query.action
    ?.split(',')
    .filter((action) => action !== '')
    .slice(0, mostActions);
  const after = cursor === undefined ? undefined : placeOf(cursor);
  return {
    limit: limitOf(query.limit),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(actor ? { actor } : {}),
    ...(actions?.length ? { actions } : {}),
    ...(subject ? { subject } : {}),
    ...(emergency ? { emergency } : {}),
    ...(after ? { after } : {}),
  };
}

function instantOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined;
  if (isInstant(text)) return new Date(text);
  throw new Problem('malformed_request', { detail: `${name} must be an instant, e.g. 2026-11-20T15:00:00Z` });
}

function limitOf(text: string | undefined): number {
  if (text === undefined || text === '') return usualLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostAtOnce) return limit;
  throw new Problem('malformed_request', { detail: `limit must be 1 to ${mostAtOnce}` });
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = readCursor(cursor, 2);
  if (isInstant(at) && /^\d{1,18}$/.test(id)) return { at: new Date(at), id };
  throw new Problem('malformed_request', { detail: 'cursor must be the nextCursor of an earlier page' });
}
