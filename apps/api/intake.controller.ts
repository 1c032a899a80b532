import { Body, Controller, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RateLimits } from '@openvob/access';
import { IntakeService } from '@openvob/intake';
import { type Clock, Problem, verifiedMessageId } from '@openvob/platform';
import { StoredIntakeSources } from '@openvob/store';
import type { FastifyReply } from 'fastify';
import { PublicRoute } from './access.guard';
import { parseJson } from './request-body';
import { clockToken } from './tokens';
import { IntakeEventDto, IntakeReceiptDto, ProblemDto } from './verification.dto';

const eventType = 'verification.requested';

@ApiTags('Intake website')
@Controller('v1/webhooks/intake')
export class IntakeController {
  constructor(
    @Inject(IntakeService) private readonly intake: IntakeService,
    @Inject(StoredIntakeSources) private readonly sources: StoredIntakeSources,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Post(':sourceId')
  @PublicRoute('signed by Standard Webhooks instead of a log-in', { body: 'bytes' })
  @ApiOperation({
    summary: 'Receive a request from an intake website',
    description:
      'Signed by Standard Webhooks. Half a form is kept: what is missing or unusable rests as needs_information.',
  })
  @ApiHeader({ name: 'webhook-id', required: true })
  @ApiHeader({ name: 'webhook-timestamp', required: true })
  @ApiHeader({ name: 'webhook-signature', required: true })
  @ApiBody({ type: IntakeEventDto })
  @ApiResponse({ status: 202, type: IntakeReceiptDto, description: 'Stored' })
  @ApiResponse({
    status: 200,
    type: IntakeReceiptDto,
    description: 'This webhook-id was received before: the first answer again',
  })
  @ApiResponse({ status: '4XX', type: ProblemDto })
  async receive(
    @Param('sourceId') sourceId: string,
    @Headers('webhook-id') id: string | undefined,
    @Headers('webhook-timestamp') timestamp: string | undefined,
    @Headers('webhook-signature') signature: string | undefined,
    @Body() body: Buffer | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const source = await this.sources.byId(sourceId);
    const text = body?.toString('utf8') ?? '';
    const messageId = source && verifiedMessageId(text, { id, timestamp, signature }, source.secrets, this.clock);
    if (!source || !messageId) throw new Problem('unauthenticated');
    // After the signature: what others forge does not use up the website's allowance.
    await this.limits.take('source', source.id);
    const { repeated, response } =
      (await this.intake.repeatedForm(source, messageId)) ??
      (await this.intake.acceptForm({ source, messageId, text, data: dataOf(parseJson(body ?? Buffer.alloc(0))) }));
    reply
      .status(repeated ? 200 : 202)
      .header('content-type', 'application/json; charset=utf-8')
      .send(response);
  }
}

/** The `data` of an event. @throws Problem when the body is no JSON object or another kind of event */
function dataOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('unparsable_body');
  const { type, data } = body as { type?: unknown; data?: unknown };
  if (type === eventType) return data ?? {};
  const fields = [
    { pointer: '/type', code: type === undefined ? 'required' : 'unknown_value', detail: `must be ${eventType}` },
  ];
  throw new Problem('validation_failed', { fields });
}
