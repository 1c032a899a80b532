import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { PayerOperations } from './ops-payers';
import { ProblemDto } from './verification.dto';

class PayerHealthDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['up', 'down', 'paused', 'unknown', 'by_phone'] }) state!: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'In order of preference: state, breaker, exchanges and outcomes of the last hour, median and 95th percentile of the time to answer in milliseconds, in flight, waiting, since when an outage is suspected though it answers',
  })
  connections!: object[];
}

class ReplayedDto {
  @ApiProperty({ type: 'integer', description: 'Waited by the clock, looked at now' }) waiting!: number;
  @ApiProperty({ type: 'integer', description: 'Had failed, asked anew in a new round' }) failed!: number;
  @ApiProperty({ description: 'There are others: ask again' }) more!: boolean;
}

@ApiTags('Operations')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/payers/:id')
export class PayerOperationsController {
  constructor(@Inject(PayerOperations) private readonly payers: PayerOperations) {}

  @Get('health')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'How a payer does', description: 'By what its connections answered, of all facilities.' })
  @ApiResponse({ status: 200, type: PayerHealthDto })
  health(@Param('id') id: string): Promise<object> {
    return this.payers.health(id);
  }

  @Post('pause')
  @HttpCode(200)
  @AllowRoles('ops')
  @ApiOperation({
    summary: 'Ask nothing more of a payer',
    description: 'For the whole installation. What is under way ends, what comes waits.',
  })
  @ApiResponse({ status: 200, type: PayerHealthDto })
  pause(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.payers.setPaused(caller, id, true);
  }

  @Post('resume')
  @HttpCode(200)
  @AllowRoles('ops')
  @ApiOperation({ summary: 'Ask a payer again', description: 'What waited goes on, best first.' })
  @ApiResponse({ status: 200, type: PayerHealthDto })
  resume(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.payers.setPaused(caller, id, false);
  }

  @Post('replay')
  @HttpCode(202)
  @AllowRoles('ops')
  @ApiOperation({
    summary: 'Set going what hangs on a payer',
    description:
      'Looks now at what waits for it by the clock, lets an open breaker probe, and asks anew (a new round) what failed since then.',
  })
  @ApiQuery({ name: 'since', required: false, description: 'An instant; the last day when left out' })
  @ApiResponse({ status: 202, type: ReplayedDto })
  replay(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query('since') since: string | undefined,
  ): Promise<object> {
    return this.payers.replay(caller, id, since);
  }
}
