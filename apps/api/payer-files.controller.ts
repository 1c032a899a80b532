import { Controller, Get, HttpCode, Inject, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { payerColumns } from '@openvob/payers/directory';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';
import { AllowRoles, AllowRolesToStream, Caller } from './access.guard';
import { PayerFiles } from './payer-files';
import { ImportReportDto } from './payer-records.dto';
import { ProblemDto } from './verification.dto';

const file = { schema: { type: 'string' as const, description: `Columns: ${payerColumns.join(', ')}` } };

@ApiTags('Directory')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/payers')
export class PayerFilesController {
  constructor(@Inject(PayerFiles) private readonly files: PayerFiles) {}

  @Get('export')
  @AllowRoles('ops', 'auditor', 'admin')
  @ApiOperation({
    summary: 'The payer directory as a file',
    description:
      'An import takes it back without a change. Connections for the roles ops and auditor; credentials for nobody.',
  })
  @ApiQuery({ name: 'format', required: false, enum: ['csv'] })
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, ...file })
  export(@Caller() caller: Principal, @Query('format') format: string | undefined): StreamableFile {
    if (format !== undefined && format !== 'csv')
      throw new Problem('malformed_request', { detail: 'format must be csv' });
    return new StreamableFile(this.files.text(caller), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="payers.csv"',
    });
  }

  @Post('import')
  @HttpCode(200)
  @AllowRolesToStream('ops', 'admin')
  @ApiOperation({
    summary: 'Bring a file of payers in',
    description:
      'A row that cannot be used is told with line, column and remedy, and the others go on; the same file a second time changes nothing. ' +
      'Columns that are not in the file are left alone. Connections need the role ops.',
  })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    enum: ['true', 'false'],
    description: 'true: tell what would happen, keep nothing',
  })
  @ApiConsumes('text/csv')
  @ApiBody(file)
  @ApiResponse({ status: 200, type: ImportReportDto })
  import(
    @Caller() caller: Principal,
    @Query('dryRun') dryRun: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    if (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false')
      throw new Problem('malformed_request', { detail: 'dryRun must be true or false' });
    return this.files.bring(caller, request.body, dryRun === 'true');
  }
}
