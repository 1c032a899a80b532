import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import type { Clock } from '@openvob/platform';
import { readLetterheadBody } from '@openvob/records';
import {
  documentKinds,
  documentLanguages,
  documentPolicy,
  documentRecipients,
  printSizes,
} from '@openvob/results/documents';
import { Letterheads } from '@openvob/store';
import type { FastifyReply } from 'fastify';
import { AllowRoles, AllowRolesWithoutHead, Caller } from './access.guard';
import { actorOf } from './actor';
import { type DocumentQuery, Documents, type DocumentWish, readDocumentBody, readDocumentQuery } from './documents';
import { DocumentBodyDto, LetterheadDto } from './documents.dto';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';

@ApiTags('Documents')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class DocumentsController {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Letterheads) private readonly letterheads: Letterheads,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get('verifications/:id/document')
  @AllowRolesWithoutHead('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'A document to hand out',
    description:
      'The verification summary for the chart, the patient’s estimate in plain words, or the Good Faith Estimate for people who pay for themselves; with the notice and consent of 42 CFR Part 2 where they apply. Each one stands in the audit trail and on the account of disclosures; to a payer it takes a live consent. 409 while there is nothing to write on it, naming what is missing.',
  })
  @ApiQuery({ name: 'kind', required: false, enum: documentKinds, description: 'The summary unless said' })
  @ApiQuery({ name: 'format', required: false, enum: ['html', 'pdf'], description: 'Else by `Accept`, else PDF' })
  @ApiQuery({ name: 'language', required: false, enum: documentLanguages })
  @ApiQuery({ name: 'print', required: false, enum: printSizes, description: '`large`: 18 point' })
  @ApiQuery({
    name: 'to',
    required: false,
    enum: documentRecipients,
    description: 'Whom it is handed to: of a summary the chart, of anything else the patient unless said',
  })
  @ApiProduces('application/pdf', 'text/html')
  @ApiResponse({
    status: 200,
    description: 'Tagged PDF (PDF/UA-1), or HTML without scripts',
    content: {
      'application/pdf': { schema: { type: 'string', format: 'binary' } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  async document(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: DocumentQuery,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send(caller, id, readDocumentQuery(query, accept), reply);
  }

  @Post('verifications/:id/document')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'A document to hand out, with what is entered for it',
    description:
      'As the one above. Diagnosis codes of a Good Faith Estimate (45 CFR 149.610(c)(1)(iv)) are entered by the facility; they stand on this document and are kept nowhere.',
  })
  @ApiBody({ type: DocumentBodyDto })
  @ApiProduces('application/pdf', 'text/html')
  @ApiResponse({ status: 200, description: 'The document' })
  async documentWith(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.send(caller, id, readDocumentBody(body), reply);
  }

  private async send(caller: Principal, id: string, wish: DocumentWish, reply: FastifyReply): Promise<void> {
    const { mediaType, bytes, fileName } = await this.documents.handOut(caller, id, wish);
    reply
      .header('content-type', mediaType)
      .header('content-language', wish.language)
      .header('content-disposition', `inline; filename="${fileName}"`)
      .header('content-security-policy', documentPolicy)
      .header('vary', 'Accept')
      .send(bytes);
  }

  @Get('facility/letterhead')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({ summary: 'What the facility puts on its documents' })
  @ApiResponse({ status: 200, type: LetterheadDto })
  async letterhead(@Caller() caller: Principal): Promise<object> {
    return (await this.letterheads.get(caller.facilityId)) ?? {};
  }

  @Put('facility/letterhead')
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Set what the facility puts on its documents',
    description: 'Takes the place of the one before; what is left out is gone.',
  })
  @ApiBody({ type: LetterheadDto })
  @ApiResponse({ status: 200, type: LetterheadDto })
  async setLetterhead(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const letterhead = readLetterheadBody(body);
    await this.letterheads.put(caller.facilityId, letterhead, actorOf(caller), this.clock.now());
    return letterhead;
  }
}
