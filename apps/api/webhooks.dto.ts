import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { testEvent, webhookEvents } from '@openvob/notifications';
import { deliveryStates } from '@openvob/store';

export class NewWebhookEndpointDto {
  @ApiProperty({ example: 'https://hooks.example.org/openvob', description: 'https://, at a public address' })
  url!: string;
  @ApiProperty({ example: 'Records of Testwood', description: 'Whose system it is, for the account of disclosures' })
  recipient!: string;
  @ApiPropertyOptional({ enum: webhookEvents, isArray: true, description: 'Left out: all' }) events?: string[];
}

export class WebhookEndpointChangeDto {
  @ApiPropertyOptional() url?: string;
  @ApiPropertyOptional() recipient?: string;
  @ApiPropertyOptional({ enum: webhookEvents, isArray: true }) events?: string[];
  @ApiPropertyOptional({ description: 'What waits goes on when it is enabled again' }) enabled?: boolean;
}

class DisabledDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ enum: ['asked', 'gone', 'failing'], description: 'By somebody, by a 410, by days of failures alone' })
  because!: string;
}

export class WebhookEndpointDto {
  @ApiProperty() id!: string;
  @ApiProperty() url!: string;
  @ApiProperty() recipient!: string;
  @ApiProperty({ enum: webhookEvents, isArray: true }) events!: string[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty() enabled!: boolean;
  @ApiPropertyOptional({ type: DisabledDto }) disabled?: DisabledDto;
  @ApiPropertyOptional({ format: 'date-time', description: 'Nothing has got through since' }) failingSince?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until then the former secret signs too' })
  formerSecretUntil?: string;
}

export class ShownWebhookEndpointDto extends WebhookEndpointDto {
  @ApiProperty({ description: 'Signs every message (Standard Webhooks, v1); shown this once' }) secret!: string;
}

export class WebhookEndpointsDto {
  @ApiProperty({ type: [WebhookEndpointDto] }) items!: WebhookEndpointDto[];
}

export class RotateWebhookSecretDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 168,
    default: 24,
    description: 'For how long the former secret signs beside the new one',
  })
  overlapHours?: number;
}

class AttemptDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: 'integer' }) durationMs!: number;
  @ApiPropertyOptional({ type: 'integer', description: 'What the receiver answered' }) status?: number;
  @ApiPropertyOptional({
    enum: ['refused', 'reset', 'timeout', 'dns', 'tls', 'too_large', 'other'],
    description: 'Why no answer came; refused also where the address is none that may be connected to',
  })
  failure?: string;
}

export class WebhookDeliveryDto {
  @ApiProperty() id!: string;
  @ApiProperty({ description: 'The webhook-id: the same at each try, and after a replay' }) eventId!: string;
  @ApiProperty({ enum: [...webhookEvents, testEvent] }) type!: string;
  @ApiPropertyOptional() verificationId?: string;
  @ApiProperty({ enum: deliveryStates, description: 'withheld: no live consent lets the recipient know' })
  state!: string;
  @ApiProperty({ type: [AttemptDto], description: 'Oldest first' }) attempts!: AttemptDto[];
  @ApiPropertyOptional({ description: 'The first characters of the last answer that was no success, redacted' })
  response?: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) nextTryAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) settledAt?: string;
}

export class WebhookDeliveriesDto {
  @ApiProperty({ type: [WebhookDeliveryDto] }) items!: WebhookDeliveryDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

export class ReplayDto {
  @ApiProperty({ format: 'date-time', description: 'What happened since then; deliveries are kept for 90 days' })
  since!: string;
  @ApiPropertyOptional({ default: false, description: 'Also what was delivered' }) all?: boolean;
}

export class ReplayedDto {
  @ApiProperty({ type: 'integer' }) deliveries!: number;
}
