import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { line, optional, type Principal, readFields, whole } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import { Retention } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { HoldDto, RetentionDto, RetentionReportDto } from './patients.dto';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { found } from './verifications.controller';

const longestReason = 500;
const keepDays = whole(30, 36_500);

@ApiTags('Retention')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class RetentionController {
  constructor(
    @Inject(Retention) private readonly retention: Retention,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get('facility/retention')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'How long the facility keeps what rests' })
  @ApiResponse({ status: 200, type: RetentionDto })
  read(@Caller() { facilityId }: Principal): Promise<object> {
    return this.retention.policy(facilityId);
  }

  @Put('facility/retention')
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Say how long the facility keeps what rests' })
  @ApiBody({ type: RetentionDto })
  @ApiResponse({ status: 200, type: RetentionDto })
  put(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    return this.retention.put(this.by(caller), readFields(body, { keepDays: optional(keepDays) }));
  }

  @Get('facility/retention/preview')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'What would be removed today', description: 'Nothing is.' })
  @ApiQuery({ name: 'keepDays', required: false, type: Number, description: 'In place of the facility’s own' })
  @ApiResponse({ status: 200, type: RetentionReportDto })
  preview(@Caller() caller: Principal, @Query('keepDays') days: string | undefined): Promise<object> {
    return this.retention.preview(this.by(caller), daysOf(days));
  }

  @Post('verifications/:id/hold')
  @HttpCode(204)
  @AllowRoles('supervisor', 'admin')
  @ApiOperation({ summary: 'Keep it whatever its age (legal hold)' })
  @ApiBody({ type: HoldDto })
  @ApiResponse({ status: 204 })
  async hold(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const { reason } = readFields(body, { reason: line(longestReason) });
    found(await this.retention.hold(this.by(caller), id, reason));
  }

  @Delete('verifications/:id/hold')
  @HttpCode(204)
  @AllowRoles('supervisor', 'admin')
  @ApiOperation({ summary: 'Lift the legal hold' })
  @ApiResponse({ status: 204 })
  async lift(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    found(await this.retention.lift(this.by(caller), id));
  }

  private by(caller: Principal): { facilityId: string; actor: ReturnType<typeof actorOf>; now: Date } {
    return { facilityId: caller.facilityId, actor: actorOf(caller), now: this.clock.now() };
  }
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const read = keepDays(/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
  if ('fault' in read) throw new Problem('malformed_request', { detail: `keepDays ${read.fault.detail}` });
  return read.value;
}
