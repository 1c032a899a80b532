import type { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
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
import { type Clock, Problem } from '@openvob/platform';
import { type AttachmentFacts, Attachments, type AttachmentTarget } from '@openvob/store';
import type { FastifyReply } from 'fastify';
import { AllowRoles, AllowRolesToStream, Caller } from './access.guard';
import { attachmentTypeOf, attachmentTypes } from './attachment-type';
import { AttachmentDto, AttachmentsDto, attachmentKinds } from './attachments.dto';
import { allOf } from './request-body';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { actorOf, found } from './verifications.controller';

/** A photo of a card is a tenth of it once a page has made it smaller. */
const mostBytes = 10 * 1024 * 1024;

@ApiTags('Attachments')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications/:id/attachments')
export class AttachmentsController {
  constructor(
    @Inject(Attachments) private readonly attachments: Attachments,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Post()
  @AllowRolesToStream('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'Attach a photo or a file, such as both sides of the card',
    description: 'Kept encrypted. Up to 10 MB each, 20 in all; its type is told by its content.',
  })
  @ApiConsumes(...attachmentTypes)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'kind', required: false, enum: attachmentKinds })
  @ApiResponse({ status: 201, type: AttachmentDto })
  async add(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query('kind') kind: string | undefined,
    @Body() body: Readable | undefined,
  ): Promise<object> {
    const known = attachmentKinds.find((one) => one === (kind ?? 'other'));
    if (!known) throw new Problem('malformed_request', { detail: `kind must be one of ${attachmentKinds.join(', ')}` });
    const content = body ? await allOf(body, mostBytes) : Buffer.alloc(0);
    const mediaType = attachmentTypeOf(content);
    if (!mediaType)
      throw new Problem('unsupported_media_type', { detail: `Only ${attachmentTypes.join(', ')} can be attached.` });
    const kept = await this.attachments.add(this.target(caller, id), { kind: known, mediaType, content });
    if (kept === 'not_found') throw new Problem('not_found');
    if (kept === 'full')
      throw new Problem('wrong_state', { detail: 'It has 20 attachments already: remove one first.' });
    return presented(kept);
  }

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'What is attached' })
  @ApiResponse({ status: 200, type: AttachmentsDto })
  async list(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return { items: found(await this.attachments.list(this.target(caller, id))).map(presented) };
  }

  @Get(':attachment')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'An attachment itself' })
  @ApiProduces(...attachmentTypes)
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } })
  async read(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('attachment') attachment: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { mediaType, content } = found(await this.attachments.read(this.target(caller, id), attachment));
    reply
      .header('content-type', mediaType)
      .header('content-disposition', mediaType.startsWith('image/') ? 'inline' : 'attachment')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(content);
  }

  @Delete(':attachment')
  @HttpCode(204)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Remove an attachment' })
  @ApiResponse({ status: 204 })
  async remove(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('attachment') attachment: string,
  ): Promise<void> {
    if (!(await this.attachments.remove(this.target(caller, id), attachment))) throw new Problem('not_found');
  }

  private target(caller: Principal, verificationId: string): AttachmentTarget {
    return { facilityId: caller.facilityId, verificationId, actor: actorOf(caller), now: this.clock.now() };
  }
}

function presented({ id, kind, mediaType, bytes, addedAt, addedBy }: AttachmentFacts): object {
  return { id, kind, mediaType, bytes, addedAt: addedAt.toISOString(), addedBy };
}
