import { Controller, Get, Headers, Inject, type MessageEvent, Param, Query, Req, Sse } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { isInstant } from '@openvob/intake';
import { type Clock, Problem } from '@openvob/platform';
import { presentListed } from '@openvob/results';
import { type ListFilter, Promises, VerificationList, VerificationReader } from '@openvob/store';
import { statuses } from '@openvob/verification';
import type { FastifyRequest } from 'fastify';
import { from, Observable } from 'rxjs';
import { AccessGuard, AllowRoles, Caller } from './access.guard';
import { cursorOf, readCursor } from './cursor';
import { clockToken } from './tokens';
import { ProblemDto, VerificationsDto } from './verification.dto';
import { VerificationEvents } from './verification-events';
import { actorOf, found } from './verifications.controller';

const pageSize = 50;
const needKinds = ['information', 'consent', 'call', 'level_of_care_review'];

/** Query parameters of the list, as they come. */
interface ListQuery {
  status?: string | string[];
  payer?: string;
  program?: string;
  batch?: string;
  assignee?: string;
  needs?: string;
  dueBefore?: string;
  q?: string;
  cursor?: string;
}

@ApiTags('Verifications')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications')
export class WorklistController {
  constructor(
    @Inject(VerificationList) private readonly list: VerificationList,
    @Inject(VerificationReader) private readonly reader: VerificationReader,
    @Inject(VerificationEvents) private readonly events: VerificationEvents,
    @Inject(Promises) private readonly promises: Promises,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The worklist, newest first', description: `${pageSize} a page; nextCursor leads on.` })
  @ApiQuery({ name: 'status', required: false, enum: statuses, isArray: true, description: 'Several by commas' })
  @ApiQuery({ name: 'payer', required: false })
  @ApiQuery({ name: 'program', required: false })
  @ApiQuery({ name: 'batch', required: false, description: 'What came in one file' })
  @ApiQuery({ name: 'assignee', required: false })
  @ApiQuery({ name: 'needs', required: false, enum: needKinds })
  @ApiQuery({ name: 'dueBefore', required: false, description: 'An instant; what is needed by then' })
  @ApiQuery({
    name: 'q',
    required: false,
    description: 'Last name, member id or reference, or the first letters of a last name (three at least)',
  })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: VerificationsDto })
  async find(@Caller() caller: Principal, @Query() query: ListQuery): Promise<object> {
    const filter = filterOf(query);
    const listed = await this.list.find(
      caller.facilityId,
      { ...filter, limit: pageSize + 1 },
      actorOf(caller),
      this.clock.now(),
    );
    const items = listed.slice(0, pageSize);
    const last = items.at(-1);
    return {
      items: await Promise.all(
        items.map(async (one) => presentListed(await this.promises.added(caller.facilityId, one))),
      ),
      ...(listed.length > pageSize && last ? { nextCursor: cursorOf([last.createdAt.toISOString(), last.id]) } : {}),
    };
  }

  @Sse(':id/events')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({
    summary: 'What happens to it, as it happens',
    description: 'Server-sent events status, needs, changes and estimate; Last-Event-ID resumes.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  async stream(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<Observable<MessageEvent>> {
    found(await this.reader.read(caller.facilityId, id, actorOf(caller), this.clock.now()));
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const mayGoOn = (): Promise<boolean> => this.guard.stillHolds(request, caller);
    const { facilityId } = caller;
    return from(this.events.of({ facilityId, id, afterId: eventIdOf(lastEventId), signal: gone.signal, mayGoOn }));
  }
}

/** The place to resume from; what is no event's id resumes from the beginning. */
function eventIdOf(lastEventId: string | undefined): number {
  return /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : 0;
}

function filterOf(query: ListQuery): Omit<ListFilter, 'limit'> {
  const status = [query.status ?? []].flat().flatMap((text) => text.split(','));
  const unknown = status.find((one) => !(statuses as readonly string[]).includes(one));
  if (unknown !== undefined)
    throw new Problem('malformed_request', { detail: `status must be among ${statuses.join(', ')}` });
  if (query.needs !== undefined && !needKinds.includes(query.needs))
    throw new Problem('malformed_request', { detail: `needs must be one of ${needKinds.join(', ')}` });
  if (query.dueBefore !== undefined && !isInstant(query.dueBefore))
    throw new Problem('malformed_request', { detail: 'dueBefore must be an instant, e.g. 2026-11-20T15:00:00Z' });
  const dueBefore = query.dueBefore === undefined ? undefined : new Date(query.dueBefore);
  const [createdAt, id] = query.cursor === undefined ? [] : readCursor(query.cursor, 2);
  if (createdAt !== undefined && !isInstant(createdAt))
    throw new Problem('malformed_request', { detail: 'cursor must be the nextCursor of an earlier page' });
  const plain = {
    payer: query.payer,
    program: query.program,
    batch: query.batch,
    assignee: query.assignee,
    needs: query.needs,
    q: query.q?.slice(0, 100),
  };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value)),
    ...(status.length > 0 ? { status } : {}),
    ...(dueBefore ? { dueBefore } : {}),
    ...(createdAt && id ? { after: { createdAt: new Date(createdAt), id } } : {}),
  };
}
