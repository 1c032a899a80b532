import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  type FieldReader,
  line,
  optional,
  type Principal,
  type Role,
  readFields,
  someOf,
  truth,
  whole,
} from '@openvob/access';
import { isInstant } from '@openvob/intake';
import { receiverUrl, webhookEvents } from '@openvob/notifications';
import { type Clock, Problem, publicAddressesAnd } from '@openvob/platform';
import {
  mostEndpoints,
  type Unsendable,
  type WebhookActing,
  WebhookDeliveryList,
  type WebhookEndpoint,
  WebhookEndpoints,
} from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { clockToken, webhookNetworksToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { found } from './verifications.controller';
import { type DeliveryQuery, deliveryFilter, deliveryPage, presentDelivery } from './webhook-deliveries-query';
import {
  NewWebhookEndpointDto,
  ReplayDto,
  ReplayedDto,
  RotateWebhookSecretDto,
  ShownWebhookEndpointDto,
  WebhookDeliveriesDto,
  WebhookDeliveryDto,
  WebhookEndpointChangeDto,
  WebhookEndpointDto,
  WebhookEndpointsDto,
} from './webhooks.dto';

const readers: [Role, ...Role[]] = ['ops', 'auditor', 'admin', 'machine'];
const keepers: [Role, ...Role[]] = ['ops', 'admin', 'machine'];
const longestName = 120;
const usualOverlapHours = 24;

const instant: FieldReader<Date> = (value) =>
  typeof value === 'string' && isInstant(value)
    ? { value: new Date(value) }
    : { fault: { code: 'unusable', detail: 'must be an instant with its zone, e.g. 2026-11-20T15:00:00Z' } };

@ApiTags('Webhooks')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/webhook-endpoints')
export class WebhooksController {
  private readonly url: FieldReader<string>;

  constructor(
    @Inject(WebhookEndpoints) private readonly endpoints: WebhookEndpoints,
    @Inject(WebhookDeliveryList) private readonly deliveries: WebhookDeliveryList,
    @Inject(clockToken) private readonly clock: Clock,
    @Inject(webhookNetworksToken) networks: readonly string[],
  ) {
    this.url = receiverUrl(publicAddressesAnd(networks));
  }

  @Get()
  @AllowRoles(...readers)
  @ApiOperation({ summary: 'Who is told of what happens to verifications' })
  @ApiResponse({ status: 200, type: WebhookEndpointsDto })
  async list(@Caller() { facilityId }: Principal): Promise<object> {
    return { items: (await this.endpoints.list(facilityId, this.clock.now())).map(presented) };
  }

  @Post()
  @AllowRoles(...keepers)
  @ApiOperation({
    summary: 'Tell somebody of what happens to verifications',
    description:
      'By Standard Webhooks: ids, status, round, version and links, no patient data. An answer other than 2xx is tried again, eight times over 27 hours; 410 disables the endpoint. Messages may overtake one another and come twice: the webhook-id stays the same, the version counts up. Where the program treats substance use, nothing is sent without a live consent, and the notice of 42 CFR 2.32 goes along (`notice`, and the header Confidentiality-Notice).',
  })
  @ApiBody({ type: NewWebhookEndpointDto })
  @ApiResponse({ status: 201, type: ShownWebhookEndpointDto })
  async add(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const { url, recipient, events } = readFields(body, {
      url: this.url,
      recipient: line(longestName),
      events: optional(someOf(webhookEvents)),
    });
    const given = { url, recipient, events: events ?? [...webhookEvents] };
    const added = await this.endpoints.add(this.by(caller), given);
    if (!added) throw new Problem('wrong_state', { detail: `A facility has ${mostEndpoints} endpoints at most.` });
    return { ...presented(added.endpoint), secret: added.secret };
  }

  @Get(':id')
  @AllowRoles(...readers)
  @ApiOperation({ summary: 'An endpoint' })
  @ApiResponse({ status: 200, type: WebhookEndpointDto })
  async read(@Caller() { facilityId }: Principal, @Param('id') id: string): Promise<object> {
    return presented(found(await this.endpoints.get(facilityId, id, this.clock.now())));
  }

  @Patch(':id')
  @AllowRoles(...keepers)
  @ApiOperation({ summary: 'Change, disable or enable an endpoint' })
  @ApiBody({ type: WebhookEndpointChangeDto })
  @ApiResponse({ status: 200, type: WebhookEndpointDto })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const change = readFields(body, {
      url: optional(this.url),
      recipient: optional(line(longestName)),
      events: optional(someOf(webhookEvents)),
      enabled: optional(truth),
    });
    return presented(found(await this.endpoints.change(this.by(caller), id, change)));
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles(...keepers)
  @ApiOperation({ summary: 'Tell them no more', description: 'Address and secret are gone; what waits is not sent.' })
  @ApiResponse({ status: 204 })
  async remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    if (!(await this.endpoints.remove(this.by(caller), id))) throw new Problem('not_found');
  }

  @Post(':id/rotate')
  @AllowRoles(...keepers)
  @ApiOperation({
    summary: 'Put another secret in its place',
    description: 'During the overlap messages are signed by both, the new one first.',
  })
  @ApiBody({ type: RotateWebhookSecretDto })
  @ApiResponse({ status: 201, type: ShownWebhookEndpointDto })
  async rotate(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { overlapHours = usualOverlapHours } = readFields(body ?? {}, { overlapHours: optional(whole(0, 168)) });
    const { endpoint, secret } = found(await this.endpoints.rotate(this.by(caller), id, overlapHours));
    return { ...presented(endpoint), secret };
  }

  @Post(':id/test')
  @HttpCode(202)
  @AllowRoles(...keepers)
  @ApiOperation({ summary: 'Try it out', description: 'An event webhook.test, sent and signed as every other.' })
  @ApiResponse({ status: 202, type: WebhookDeliveryDto })
  async test(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return presentDelivery(sendable(await this.deliveries.test(this.by(caller), id)));
  }

  @Get(':id/deliveries')
  @AllowRoles(...readers)
  @ApiOperation({ summary: 'What was sent, and what came of it, newest first' })
  @ApiQuery({ name: 'state', required: false, description: 'Several by commas', example: 'failed,withheld' })
  @ApiQuery({ name: 'type', required: false, description: 'Several by commas' })
  @ApiQuery({ name: 'verification', required: false })
  @ApiQuery({ name: 'since', required: false, description: 'An instant' })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: WebhookDeliveriesDto })
  async listed(
    @Caller() { facilityId }: Principal,
    @Param('id') id: string,
    @Query() query: DeliveryQuery,
  ): Promise<object> {
    const filter = deliveryFilter(query);
    const asked = { ...filter, limit: filter.limit + 1 };
    return deliveryPage(found(await this.deliveries.find(facilityId, id, asked)), filter.limit);
  }

  @Post(':id/deliveries/:deliveryId/replay')
  @HttpCode(202)
  @AllowRoles(...keepers)
  @ApiOperation({ summary: 'Send one again', description: 'Under the same webhook-id, whatever came of it before.' })
  @ApiResponse({ status: 202, type: WebhookDeliveryDto })
  async replay(
    @Caller() caller: Principal,
    @Param('id') endpointId: string,
    @Param('deliveryId') id: string,
  ): Promise<object> {
    return presentDelivery(sendable(await this.deliveries.replay(this.by(caller), { endpointId, id })));
  }

  @Post(':id/replay')
  @HttpCode(202)
  @AllowRoles(...keepers)
  @ApiOperation({
    summary: 'Send again what happened since a time',
    description: 'What did not arrive, also what happened while the endpoint was disabled; with `all` everything.',
  })
  @ApiBody({ type: ReplayDto })
  @ApiResponse({ status: 202, type: ReplayedDto })
  async replaySince(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { since, all = false } = readFields(body, { since: instant, all: optional(truth) });
    return { deliveries: sendable(await this.deliveries.replaySince(this.by(caller), id, { since, all })) };
  }

  private by(caller: Principal): WebhookActing {
    return { facilityId: caller.facilityId, actor: actorOf(caller), now: this.clock.now() };
  }
}

function presented({ createdAt, disabled, failingSince, formerSecretUntil, ...rest }: WebhookEndpoint): object {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    enabled: disabled === undefined,
    ...(disabled ? { disabled: { at: disabled.at.toISOString(), because: disabled.because } } : {}),
    ...(failingSince ? { failingSince: failingSince.toISOString() } : {}),
    ...(formerSecretUntil ? { formerSecretUntil: formerSecretUntil.toISOString() } : {}),
  };
}

/** @throws Problem `not_found`, `wrong_state` */
function sendable<T>(result: T | Unsendable): T {
  if (result === 'not_found') throw new Problem('not_found');
  if (result === 'disabled')
    throw new Problem('wrong_state', { detail: 'The endpoint is disabled: enable it first, then what waits is sent.' });
  return result as T;
}
