import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  type MessageEvent,
  Param,
  Post,
  Query,
  Req,
  Sse,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type FieldReader, line, optional, type Principal, readFields, seenBy } from '@openvob/access';
import { LiveUpdates } from '@openvob/notifications';
import type { Clock } from '@openvob/platform';
import { presentListed } from '@openvob/results';
import { Promises, VerificationIntake, VerificationList, VerificationReader } from '@openvob/store';
import { statuses } from '@openvob/verification';
import type { FastifyRequest } from 'fastify';
import { from, Observable } from 'rxjs';
import { AccessGuard, AllowRoles, AllowRolesWithoutHead, Caller } from './access.guard';
import { facilityEvents } from './facility-events';
import { OpenRequests } from './open-requests';
import { clockToken } from './tokens';
import { CountsDto, ProblemDto, SearchDto, SimilarBodyDto, SimilarDto, VerificationsDto } from './verification.dto';
import { placeOf, VerificationEvents } from './verification-events';
import { actorOf, found } from './verifications.controller';
import { boundsOf, cursorBehind, dueBuckets, filterOf, type ListQuery, needKinds, pageSizeOf } from './worklist-query';

const readers = ['coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine'] as const;

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
    @Inject(VerificationIntake) private readonly facilities: VerificationIntake,
    @Inject(LiveUpdates) private readonly live: LiveUpdates,
    @Inject(OpenRequests) private readonly openRequests: OpenRequests,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get()
  @AllowRoles(...readers)
  @ApiOperation({
    summary: 'The worklist, newest first',
    description: '50 a page unless `limit` says otherwise; nextCursor leads on. With `sort=due` first due first.',
  })
  @ApiQuery({ name: 'status', required: false, enum: statuses, isArray: true, description: 'Several by commas' })
  @ApiQuery({ name: 'payer', required: false })
  @ApiQuery({ name: 'program', required: false })
  @ApiQuery({ name: 'batch', required: false, description: 'What came in one file' })
  @ApiQuery({ name: 'assignee', required: false, description: 'Whoever looks after it; `none`: nobody does' })
  @ApiQuery({ name: 'needs', required: false, enum: needKinds })
  @ApiQuery({ name: 'dueBefore', required: false, description: 'An instant; what is needed by then' })
  @ApiQuery({ name: 'open', required: false, type: Boolean, description: 'What waits for a person, or what does not' })
  @ApiQuery({
    name: 'due',
    required: false,
    enum: dueBuckets,
    description: 'By when it is needed: what was said, or what is usual for its priority',
  })
  @ApiQuery({ name: 'sort', required: false, enum: ['newest', 'due'] })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 200' })
  @ApiQuery({
    name: 'q',
    required: false,
    description: 'Last name, member id or reference, or the first letters of a last name (three at least)',
  })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: VerificationsDto })
  find(@Caller() caller: Principal, @Query() query: ListQuery): Promise<object> {
    return this.page(caller, query);
  }

  @Post('search')
  @HttpCode(200)
  @AllowRoles(...readers)
  @ApiOperation({
    summary: 'The worklist, searched',
    description: 'As `GET /v1/verifications`, with the same names in the body: what is searched for stands in no log.',
  })
  @ApiBody({ type: SearchDto })
  @ApiResponse({ status: 200, type: VerificationsDto })
  search(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    return this.page(
      caller,
      readFields(body, {
        q: text,
        status: text,
        payer: text,
        program: text,
        batch: text,
        assignee: text,
        needs: text,
        open: text,
        due: text,
        dueBefore: text,
        sort: text,
        limit: text,
        cursor: text,
      }),
    );
  }

  @Get('counts')
  @AllowRoles(...readers)
  @ApiOperation({ summary: 'How many wait for a person, by when they are needed' })
  @ApiResponse({ status: 200, type: CountsDto })
  async counts(@Caller() caller: Principal): Promise<object> {
    return this.list.counts(caller.facilityId, await this.bounds(caller), caller.id);
  }

  @Post('similar')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'What there is already about somebody',
    description: 'Of the same member id, or the same name and birth date; to look at before asking for another.',
  })
  @ApiBody({ type: SimilarBodyDto })
  @ApiResponse({ status: 200, type: SimilarDto })
  async similar(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const likeness = readFields(body, {
      memberId: optional(line(80)),
      lastName: optional(line(60)),
      firstName: optional(line(35)),
      birthDate: optional(line(10)),
    });
    const found = await this.list.similar(caller.facilityId, likeness, actorOf(caller), this.clock.now());
    return { items: found.map((one) => ({ ...presentListed(one), because: one.because })) };
  }

  @Sse('events')
  @AllowRolesWithoutHead(...readers)
  @ApiOperation({
    summary: 'What moves in the facility, as it moves',
    description:
      'Server-sent events `moved` with the ids of verifications that came in, moved or changed hands. Ends by itself after some minutes; come back.',
  })
  @ApiProduces('text/event-stream')
  follow(@Caller() caller: Principal, @Req() request: FastifyRequest): Observable<MessageEvent> {
    const signal = this.openRequests.signalOf(request);
    const mayGoOn = (): Promise<boolean> => this.guard.stillHolds(request, caller);
    return from(facilityEvents(this.live, { facilityId: caller.facilityId, signal, mayGoOn }));
  }

  @Sse(':id/events')
  @AllowRolesWithoutHead(...readers)
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
    const signal = this.openRequests.signalOf(request);
    const mayGoOn = (): Promise<boolean> => this.guard.stillHolds(request, caller);
    const { facilityId } = caller;
    return from(this.events.of({ facilityId, id, behind: placeOf(lastEventId), signal, mayGoOn }));
  }

  private async page(caller: Principal, query: ListQuery): Promise<object> {
    const size = pageSizeOf(query.limit);
    const filter = { ...filterOf(query, await this.bounds(caller)), limit: size + 1 };
    const listed = await this.list.find(caller.facilityId, filter, actorOf(caller), this.clock.now());
    const items = listed.slice(0, size);
    const last = items.at(-1);
    const more = listed.length > size && last;
    const shown = await Promise.all(items.map((one) => this.promises.added(caller.facilityId, one)));
    return {
      items: shown.map((one) => seenBy(caller.role, presentListed(one))),
      ...(more ? { nextCursor: cursorBehind(last, filter.order) } : {}),
    };
  }

  private async bounds({ facilityId }: Principal): Promise<ReturnType<typeof boundsOf>> {
    const { timeZone } = await this.facilities.facility(facilityId);
    return boundsOf(this.clock.now(), timeZone);
  }
}

/** A parameter of the list; an empty one says nothing, as in a query. */
const text: FieldReader<string | undefined> = (value) =>
  value === '' ? { value: undefined } : optional(line(200))(value);
