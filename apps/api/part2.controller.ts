import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { line, npi, optional, type Principal, readFields, truth } from '@openvob/access';
import { CorrectionService } from '@openvob/intake';
import type { Clock } from '@openvob/platform';
import { Consents, Disclosures, FacilityPrivacySettings } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { ConsentsDto, DisclosuresDto, PrivacyDto, RevocationDto } from './part2.dto';
import { clockToken } from './tokens';
import { ProblemDto, VerificationDto } from './verification.dto';
import { found } from './verifications.controller';

const longestName = 60;

@ApiTags('Consent and disclosure')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class Part2Controller {
  constructor(
    @Inject(Consents) private readonly consents: Consents,
    @Inject(Disclosures) private readonly disclosures: Disclosures,
    @Inject(FacilityPrivacySettings) private readonly privacy: FacilityPrivacySettings,
    @Inject(CorrectionService) private readonly corrections: CorrectionService,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get('verifications/:id/consents')
  @AllowRoles('coordinator', 'supervisor', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The patient’s consents (42 CFR 2.31), newest first' })
  @ApiResponse({ status: 200, type: ConsentsDto })
  async listConsents(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const { facilityId } = caller;
    return { items: found(await this.consents.list(facilityId, id, actorOf(caller), this.clock.now())) };
  }

  @Post('verifications/:id/consents/:consentId/revoke')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Revoke a consent',
    description:
      'From now on no payer is asked by it; what is under way without another consent rests as needs_consent.',
  })
  @ApiBody({ type: RevocationDto, required: false })
  @ApiResponse({ status: 200, type: VerificationDto })
  revoke(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('consentId') consentId: string,
    @Body() body: unknown,
  ): Promise<Record<string, unknown>> {
    const who = { facilityId: caller.facilityId, id, actor: actorOf(caller) };
    return this.corrections.revoke(who, consentId, body ?? {});
  }

  @Get('verifications/:id/disclosures')
  @AllowRoles('coordinator', 'supervisor', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'What left the facility about this patient, to whom and on what ground, newest first' })
  @ApiResponse({ status: 200, type: DisclosuresDto })
  async listDisclosures(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    const { facilityId } = caller;
    return { items: found(await this.disclosures.ofVerification(facilityId, id, actorOf(caller), this.clock.now())) };
  }

  @Get('facility/privacy')
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'What payers learn of the facility by being asked' })
  @ApiResponse({ status: 200, type: PrivacyDto })
  readPrivacy(@Caller() { facilityId }: Principal): Promise<object> {
    return this.privacy.read(facilityId);
  }

  @Put('facility/privacy')
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Say what payers learn of the facility by being asked' })
  @ApiBody({ type: PrivacyDto })
  @ApiResponse({ status: 200, type: PrivacyDto })
  putPrivacy(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const readers = { minimumInquiry: truth, inquiryName: optional(line(longestName)), inquiryNpi: optional(npi) };
    const privacy = readFields(body, readers);
    return this.privacy.put(caller.facilityId, privacy, actorOf(caller), this.clock.now());
  }
}
