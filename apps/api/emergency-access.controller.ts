import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCookieAuth,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  type EmergencyAccess,
  EmergencyAccesses,
  line,
  optional,
  type Principal,
  readFields,
  type StoredSession,
  whole,
} from '@openvob/access';
import type { FastifyReply } from 'fastify';
import { AllowRoles, AllowSession, Caller, OwnSession } from './access.guard';
import { giveSecrets } from './session-cookies';
import { ProblemDto } from './verification.dto';

const usualMinutes = 60;
const longestMinutes = 240;

class TakeEmergencyAccessDto {
  @ApiProperty({ description: 'Kept encrypted; at most 500 characters' }) reason!: string;
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: longestMinutes, default: usualMinutes })
  minutes?: number;
}

class EmergencyAccessDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }) person!: object;
  @ApiProperty() reason!: string;
  @ApiProperty({ format: 'date-time' }) beganAt!: string;
  @ApiProperty({ format: 'date-time' }) endsAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was given back before its time' }) endedAt?: string;
  @ApiPropertyOptional({ type: 'object', properties: { by: { type: 'string' }, at: { type: 'string' } } })
  reviewed?: object;
}

class EmergencyAccessesDto {
  @ApiProperty({ type: [EmergencyAccessDto] }) items!: EmergencyAccessDto[];
}

@ApiTags('Emergency access')
@ApiCookieAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class EmergencyAccessController {
  constructor(@Inject(EmergencyAccesses) private readonly emergencies: EmergencyAccesses) {}

  @Post('session/emergency-access')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({
    summary: 'Take emergency access',
    description:
      'The session may do what a supervisor may, for a while. Administrators and auditors are told by mail at once.',
  })
  @ApiBody({ type: TakeEmergencyAccessDto })
  @ApiResponse({ status: 204 })
  async begin(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { reason, minutes = usualMinutes } = readFields(body, {
      reason: line(500),
      minutes: optional(whole(1, longestMinutes)),
    });
    giveSecrets(reply, { token: await this.emergencies.begin(session, { reason, minutes }) });
  }

  @Delete('session/emergency-access')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Give emergency access back' })
  @ApiResponse({ status: 204 })
  async end(@OwnSession() session: StoredSession, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    giveSecrets(reply, { token: await this.emergencies.end(session) });
  }

  @Get('emergency-access')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'Emergency access that was taken, newest first' })
  @ApiResponse({ status: 200, type: EmergencyAccessesDto })
  async list(@Caller() caller: Principal): Promise<object> {
    return { items: (await this.emergencies.list(caller)).map(presented) };
  }

  @Post('emergency-access/:id/review')
  @HttpCode(204)
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'Say that emergency access was reviewed', description: 'Not one’s own.' })
  @ApiResponse({ status: 204 })
  review(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.emergencies.review(caller, id);
  }
}

function presented(access: EmergencyAccess): Record<string, unknown> {
  const { beganAt, endsAt, endedAt, reviewed, ...rest } = access;
  return {
    ...rest,
    beganAt: beganAt.toISOString(),
    endsAt: endsAt.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    ...(reviewed ? { reviewed: { by: reviewed.by, at: reviewed.at.toISOString() } } : {}),
  };
}
