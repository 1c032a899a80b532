import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { Problem } from '@openvob/platform';
import { mostRateBytes, RateService, rateColumns } from '@openvob/records';
import type { FastifyRequest } from 'fastify';
import { AllowRoles, AllowRolesToStream, Caller } from './access.guard';
import { actorOf } from './actor';
import { Described } from './described.dto';
import { NewRatesDto, RateReportDto, RatesDto } from './rates.dto';
import { allOf } from './request-body';
import { isDryRun } from './verifications.controller';

const tryOut = {
  name: 'dryRun',
  required: false,
  enum: ['true', 'false'],
  description: 'true: tell what would change, keep nothing',
};

const by = (caller: Principal): { facilityId: string; actor: ReturnType<typeof actorOf> } => ({
  facilityId: caller.facilityId,
  actor: actorOf(caller),
});

@Described('Facility')
@Controller('v1/rates')
export class RatesController {
  constructor(@Inject(RateService) private readonly rates: RateService) {}

  @Get()
  @AllowRoles('supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({
    summary: 'What the facility’s services cost',
    description:
      'By payer, network, code and first day. An estimate uses on each program day the price that holds then.',
  })
  @ApiQuery({ name: 'payer', required: false, description: 'An id, or `own` for the facility’s own prices' })
  @ApiResponse({ status: 200, type: RatesDto })
  list(@Caller() { facilityId }: Principal, @Query('payer') payer: string | undefined): Promise<object> {
    return this.rates.list(facilityId, payer);
  }

  @Post()
  @HttpCode(200)
  @AllowRoles('biller', 'admin')
  @ApiOperation({
    summary: 'Enter prices',
    description:
      'One that begins on the same day as a kept one takes its place; one that begins later ends the one before it. All are kept, or none. Estimates from then on use them; those that were made stand.',
  })
  @ApiQuery(tryOut)
  @ApiBody({ type: NewRatesDto })
  @ApiResponse({ status: 200, type: RateReportDto })
  enter(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Query('dryRun') dryRun: string | undefined,
  ): Promise<object> {
    return this.rates.enter(by(caller), body, isDryRun(dryRun));
  }

  @Post('import')
  @HttpCode(200)
  @AllowRolesToStream('biller', 'admin')
  @ApiOperation({
    summary: 'Enter a price list',
    description:
      'As it is copied out of a spreadsheet: columns apart by commas, tabs or semicolons; amounts in dollars.',
  })
  @ApiQuery(tryOut)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', description: `Columns: ${rateColumns.join(', ')}` } })
  @ApiResponse({ status: 200, type: RateReportDto })
  async bring(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Query('dryRun') dryRun: string | undefined,
  ): Promise<object> {
    const { body } = request;
    if (!(body instanceof Readable))
      throw new Problem('unsupported_media_type', { detail: 'Send the price list as text/csv.' });
    const isTried = isDryRun(dryRun);
    return this.rates.bring(by(caller), textOf(await allOf(body, mostRateBytes)), isTried);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles('biller', 'admin')
  @ApiOperation({
    summary: 'Remove a price',
    description: 'For one that never held; a price that ends gets a last day.',
  })
  @ApiResponse({ status: 204, description: 'Removed' })
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.rates.remove(by(caller), id);
  }
}

/** @throws Problem `malformed_request` for what is no text in UTF-8 */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('malformed_request', { detail: 'The price list is no text in UTF-8.' });
  }
}
