import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
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
import type { Principal } from '@openvob/access';
import { Problem } from '@openvob/platform';
import { callSheetText, RecordService, type Who } from '@openvob/records';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller } from './access.guard';
import {
  AttendanceBodyDto,
  AttendanceDto,
  AuthorizationBodyDto,
  AuthorizationsDto,
  CallBodyDto,
  CallReviewBodyDto,
  CallSheetDto,
  CallsDto,
} from './records.dto';
import { ProblemDto, VerificationDto } from './verification.dto';
import { actorOf, isDryRun } from './verifications.controller';

const who = (caller: Principal, id: string): Who => ({ facilityId: caller.facilityId, id, actor: actorOf(caller) });

const repeatable = {
  name: 'Idempotency-Key',
  required: false,
  description: 'With one, the same request again gets the first response again and records nothing; kept for 24 hours',
};

@ApiTags('Records')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications/:id')
export class RecordsController {
  constructor(@Inject(RecordService) private readonly records: RecordService) {}

  @Get('call-script')
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'What is still to ask by phone',
    description:
      'Nothing that the payer answered electronically or in an earlier call; worth most first. As text it can be printed.',
  })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'text'] })
  @ApiProduces('application/json', 'text/plain')
  @ApiResponse({ status: 200, type: CallSheetDto })
  async script(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query('format') format: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (format !== undefined && format !== 'json' && format !== 'text')
      throw new Problem('malformed_request', { detail: 'format must be json or text' });
    const sheet = await this.records.sheet(who(caller, id));
    if (format === 'text') reply.header('content-type', 'text/plain; charset=utf-8').send(callSheetText(sheet));
    else reply.send(sheet);
  }

  @Post('calls')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Record a call to the payer',
    description:
      'Kept as it is, never edited; a correction is a further call that `amends` it. The estimate is made again from all answers; where the facility has calls approved (`PATCH /v1/facility/calls`), once a supervisor has approved it. A call tells the payer of the patient: it stands on the account of disclosures, and about treatment of substance use takes a consent that was live (409 without one).',
  })
  @ApiHeader(repeatable)
  @ApiQuery({
    name: 'dryRun',
    required: false,
    enum: ['true', 'false'],
    description: 'Says what the answers so far would come to; stores nothing',
  })
  @ApiBody({ type: CallBodyDto })
  @ApiResponse({ status: 200, type: VerificationDto })
  async call(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Query('dryRun') dryRun: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const target = who(caller, id);
    send(
      reply,
      isDryRun(dryRun)
        ? await this.records.tryCall(target, body)
        : await this.records.call(target, body, key, { mayApprove: mayApprove(caller) }),
    );
  }

  @Get('calls')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The calls about it, amended ones included' })
  @ApiResponse({ status: 200, type: CallsDto })
  calls(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.records.calls(who(caller, id));
  }

  @Post('calls/:callId/review')
  @HttpCode(200)
  @AllowRoles('supervisor', 'admin')
  @ApiOperation({
    summary: 'Approve a call, or send it back',
    description:
      'Once for each call that waits for it, by somebody else than recorded it. What was said in it counts from the approval on; one that is sent back is amended by whoever made it.',
  })
  @ApiHeader(repeatable)
  @ApiQuery({
    name: 'dryRun',
    required: false,
    enum: ['true', 'false'],
    description: 'Says what the verification would come to; stores nothing',
  })
  @ApiBody({ type: CallReviewBodyDto })
  @ApiResponse({ status: 200, type: VerificationDto })
  async review(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('callId') callId: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Query('dryRun') dryRun: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.records.review({ ...who(caller, id), callId }, body, { key, dryRun: isDryRun(dryRun) }));
  }

  @Post('authorizations')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'Record what the payer decided about authorizing the program',
    description:
      'An extension is a further record; a correction one that `amends`. Days approved, and what is at risk after them, move the estimate.',
  })
  @ApiHeader(repeatable)
  @ApiBody({ type: AuthorizationBodyDto })
  @ApiResponse({ status: 200, type: VerificationDto })
  async authorize(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.records.authorization(who(caller, id), body, key));
  }

  @Get('authorizations')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The authorizations, amended ones included' })
  @ApiResponse({ status: 200, type: AuthorizationsDto })
  authorizations(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.records.authorizations(who(caller, id));
  }

  @Post('attendance')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'Record on which days the patient was there',
    description:
      'Of one date the last record counts. Absences are not billed and use nothing up; days attended otherwise than planned are billed.',
  })
  @ApiHeader(repeatable)
  @ApiBody({ type: AttendanceBodyDto })
  @ApiResponse({ status: 200, type: VerificationDto })
  async attend(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.records.attendance(who(caller, id), body, key));
  }

  @Get('attendance')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'What was recorded of each date' })
  @ApiResponse({ status: 200, type: AttendanceDto })
  attendance(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.records.attended(who(caller, id));
  }
}

/** What they record themselves needs nobody's approval. */
function mayApprove({ role }: Principal): boolean {
  return role === 'supervisor' || role === 'admin';
}

/** Kept as text, so that a repeat gets the same bytes. */
function send(reply: FastifyReply, text: string): void {
  reply.status(200).header('content-type', 'application/json; charset=utf-8').send(text);
}
