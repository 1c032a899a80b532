import type { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { BatchService, csvColumns, mostRows } from '@openvob/intake';
import { type Clock, Problem } from '@openvob/platform';
import { VerificationBatches } from '@openvob/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowRoles, AllowRolesToStream, Caller } from './access.guard';
import { BatchDto } from './batch.dto';
import { formatOf, outcomeLines, presentBatch } from './batch-lines';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { actorOf, found } from './verifications.controller';

const rowTypes = 'application/x-ndjson';

@ApiTags('Verifications')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications/batch')
export class BatchController {
  constructor(
    @Inject(BatchService) private readonly service: BatchService,
    @Inject(VerificationBatches) private readonly batches: VerificationBatches,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Post()
  @AllowRolesToStream('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Ask for many verifications at once',
    description: `A file of at most ${mostRows} rows: one request a line as JSON (application/x-ndjson), or comma-separated values (text/csv) with a first line that names columns among ${Object.keys(csvColumns).join(', ')}. A row is one line. Nothing is taken in before all of it has come; then each row is answered by a line of JSON, in order: \`{ row, line, id, status, links }\`, or \`{ row, line, problem }\` with pointers (and columns of a CSV), while the others go on. They are worked behind everything that somebody waits for. The same file under the same key is answered with the same ids; should the answer break off, the rows are taken in all the same.`,
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A fresh value for each new file; kept for 24 hours',
  })
  @ApiConsumes('application/x-ndjson', 'text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiProduces(rowTypes)
  @ApiResponse({ status: 202, description: 'A line a row; Location leads to its progress', schema: { type: 'string' } })
  async take(
    @Caller() caller: Principal,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chunks = request.body as Readable | undefined;
    if (!chunks) throw new Problem('unparsable_body');
    const { facilityId } = caller;
    const format = formatOf(request.headers['content-type']);
    const batch = await this.service.receive({ facilityId, actor: actorOf(caller), idempotencyKey, format, chunks });
    await reply
      .status(202)
      .header('location', `/v1/verifications/batch/${batch.batchId}`)
      .header('content-type', `${rowTypes}; charset=utf-8`)
      .send(outcomeLines(this.service.outcomes(batch)));
  }

  @Get(':id')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'How far a batch is', description: 'Its verifications: GET /v1/verifications?batch=…' })
  @ApiResponse({ status: 200, type: BatchDto })
  async progress(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const batch = { facilityId: caller.facilityId, batchId: id };
    return presentBatch(found(await this.batches.progress(batch, actorOf(caller), this.clock.now())));
  }
}
