import { Body, Controller, Get, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { RemittanceService, type Who } from '@openvob/records';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller } from './access.guard';
import { AccuracyDto, RemittanceBodyDto, RemittanceDto, RemittancesDto } from './remittances.dto';
import { ProblemDto } from './verification.dto';
import { actorOf } from './verifications.controller';

const who = (caller: Principal, id: string): Who => ({ facilityId: caller.facilityId, id, actor: actorOf(caller) });

@ApiTags('Remittances')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class RemittancesController {
  constructor(@Inject(RemittanceService) private readonly remittances: RemittanceService) {}

  @Post('verifications/:id/remittances')
  @AllowRoles('supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'Hold what the payer settled against the estimate',
    description:
      'Service lines as an 835 has them, or totals of a span of dates. The difference to the estimate of the program as it was planned is explained line by line; kept as it is, a correction is a further record that `amends` it.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Kept for 24 hours' })
  @ApiBody({ type: RemittanceBodyDto })
  @ApiResponse({ status: 201, type: RemittanceDto })
  async record(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = await this.remittances.record(who(caller, id), body, key);
    reply.status(201).header('content-type', 'application/json; charset=utf-8').send(text);
  }

  @Get('verifications/:id/remittances')
  @AllowRoles('supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'What was settled, and why it differs' })
  @ApiResponse({ status: 200, type: RemittancesDto })
  list(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.remittances.remittances(who(caller, id));
  }

  @Get('payers/:id/accuracy')
  @AllowRoles('supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({
    summary: 'How estimates for a payer came true',
    description: 'Of this facility, over all remittances in their last form. No patient data.',
  })
  @ApiResponse({ status: 200, type: AccuracyDto })
  accuracy(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.remittances.accuracy(who(caller, id));
  }
}
