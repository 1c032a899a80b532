import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { answerSeenBy, type Principal, seenBy } from '@openvob/access';
import { IntakeService, VerificationRequestDto } from '@openvob/intake';
import { LiveUpdates } from '@openvob/notifications';
import { type Clock, Problem } from '@openvob/platform';
import { presentAnswers } from '@openvob/records';
import { estimateWhatIf, presentVerification, type VerificationView } from '@openvob/results';
import { Promises, VerificationReader } from '@openvob/store';
import { DryRun, isResting } from '@openvob/verification';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { OpenRequests } from './open-requests';
import { clockToken } from './tokens';
import {
  AnswersDto,
  DryRunDto,
  EstimateDto,
  HistoryDto,
  KeptRequestDto,
  ProblemDto,
  VerificationDto,
  WhatIfDto,
} from './verification.dto';

const longestWaitSeconds = 60;

@ApiTags('Verifications')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications')
export class VerificationsController {
  constructor(
    @Inject(IntakeService) private readonly intake: IntakeService,
    @Inject(VerificationReader) private readonly reader: VerificationReader,
    @Inject(LiveUpdates) private readonly live: LiveUpdates,
    @Inject(OpenRequests) private readonly openRequests: OpenRequests,
    @Inject(DryRun) private readonly dryRun: DryRun,
    @Inject(Promises) private readonly promises: Promises,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Ask for a verification',
    description: 'Stored before the answer is sent; repeat safely with the same Idempotency-Key.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A fresh value, such as a UUID, for each new request; kept for 24 hours',
  })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    type: Boolean,
    description: 'Says what would be asked; stores and sends nothing',
  })
  @ApiBody({ type: VerificationRequestDto })
  @ApiResponse({ status: 202, description: 'Accepted and stored', type: VerificationDto })
  @ApiResponse({ status: 200, description: 'With `dryRun=true`: what would be asked', type: DryRunDto })
  async request(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Query('dryRun') dryRun: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (body === undefined) throw new Problem('unparsable_body');
    if (isDryRun(dryRun)) {
      const request = await this.intake.checked(caller.facilityId, body);
      reply.status(200).send(await this.dryRun.of(caller.facilityId, request));
      return;
    }
    const { id, response } = await this.intake.accept(caller.facilityId, actorOf(caller), body, key);
    reply
      .status(202)
      .header('location', `/v1/verifications/${id}`)
      .header('content-type', 'application/json; charset=utf-8')
      .send(response);
  }

  @Get(':id')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'Read a verification' })
  @ApiParam({ name: 'id', example: 'ver_01jd…' })
  @ApiQuery({
    name: 'wait',
    required: false,
    type: Number,
    description: `Hold the answer back up to so many seconds (at most ${longestWaitSeconds}) until the status is a resting one`,
  })
  @ApiResponse({ status: 200, type: VerificationDto })
  async read(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query('wait') wait: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<Record<string, unknown>> {
    await this.hold(caller, id, secondsOf(wait), request);
    const view = found(await this.reader.read(caller.facilityId, id, actorOf(caller), this.clock.now()));
    return seenBy(caller.role, presentVerification(await this.promises.added(caller.facilityId, view)));
  }

  @Get(':id/answers')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'What the payers answered, every exchange' })
  @ApiResponse({ status: 200, type: AnswersDto })
  async answers(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const kept = await this.reader.answers(caller.facilityId, id, actorOf(caller), this.clock.now());
    return { items: presentAnswers(found(kept)).map((answer) => answerSeenBy(caller.role, answer)) };
  }

  @Post(':id/estimate')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'What if: the estimate with something changed',
    description:
      'Other start date, network, program, phases, rates, or answers to its questions by their ids. Nothing is stored.',
  })
  @ApiBody({ type: WhatIfDto })
  @ApiResponse({ status: 200, type: EstimateDto })
  async whatIf(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { estimateCase, programs } = found(
      await this.reader.estimateCase(caller.facilityId, id, actorOf(caller), this.clock.now()),
    );
    return estimateWhatIf(estimateCase, programs, body);
  }

  @Get(':id/history')
  @AllowRoles('coordinator', 'supervisor', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'Who did what, and when' })
  @ApiResponse({ status: 200, type: HistoryDto })
  async history(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const lines = found(await this.reader.history(caller.facilityId, id, actorOf(caller), this.clock.now()));
    return { items: lines.map((line) => ({ ...line, at: line.at.toISOString() })) };
  }

  @Get(':id/request')
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'The request as it is kept',
    description: 'With what was sent and could not be used, values included, for the person who is to mend it.',
  })
  @ApiResponse({ status: 200, type: KeptRequestDto })
  async keptRequest(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const { consent, ...request } = found(
      await this.reader.request(caller.facilityId, id, actorOf(caller), this.clock.now()),
    );
    return { ...request, ...(consent ? { consent: { part2: consent } } : {}) };
  }

  private async hold(caller: Principal, id: string, seconds: number, request: FastifyRequest): Promise<void> {
    if (seconds === 0) return;
    const signal = this.openRequests.signalOf(request);
    const settled = async (): Promise<boolean> => {
      const status = await this.reader.status(caller.facilityId, id);
      return status === undefined || isResting(status);
    };
    await this.live.until(id, settled, seconds * 1000, signal);
  }
}

export { actorOf };

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Problem('not_found');
  return value;
}

export type { VerificationView };

/** Only `true` asks for a dry run and only `false` for none: what was meant as a dry run must never be sent to a payer. */
export function isDryRun(dryRun: string | undefined): boolean {
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun === 'true') return true;
  throw new Problem('malformed_request', { detail: 'dryRun must be true or false' });
}

function secondsOf(wait: string | undefined): number {
  if (wait === undefined) return 0;
  if (!/^\d{1,4}$/.test(wait))
    throw new Problem('malformed_request', { detail: `wait must be whole seconds, 0 to ${longestWaitSeconds}` });
  return Math.min(Number(wait), longestWaitSeconds);
}
