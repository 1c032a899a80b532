import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { ConsentDto, CorrectionService } from '@openvob/intake';
import { AllowRoles, Caller } from './access.guard';
import { ProblemDto, VerificationDto } from './verification.dto';
import { actorOf } from './verifications.controller';

const who = (caller: Principal, id: string): Parameters<CorrectionService['cancel']>[0] => ({
  facilityId: caller.facilityId,
  id,
  actor: actorOf(caller),
});

@ApiTags('Verifications')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/verifications/:id')
export class CorrectionsController {
  constructor(@Inject(CorrectionService) private readonly corrections: CorrectionService) {}

  @Post('information')
  @HttpCode(202)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Complete or correct the request',
    description:
      'A JSON Merge Patch of the request: `null` takes a field back, arrays are replaced whole. The verification goes on from there. Where only priority, neededBy, reference, phone or email change, and what the payers said stands, it stays where it is and nobody is asked again; this is taken while it is under way too.',
  })
  @ApiBody({
    schema: { type: 'object', additionalProperties: true, example: { patient: { birthDate: '1990-04-12' } } },
  })
  @ApiResponse({ status: 202, type: VerificationDto })
  information(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() patch: unknown,
  ): Promise<Record<string, unknown>> {
    return this.corrections.information(who(caller, id), patch);
  }

  @Post('consent')
  @HttpCode(202)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: "Record the patient's consent (42 CFR Part 2)" })
  @ApiBody({ type: ConsentDto })
  @ApiResponse({ status: 202, type: VerificationDto })
  consent(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Record<string, unknown>> {
    return this.corrections.consent(who(caller, id), body);
  }

  @Post('reverify')
  @HttpCode(202)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Ask the payer again', description: 'A new round; the results of the one before are kept.' })
  @ApiResponse({ status: 202, type: VerificationDto })
  reverify(@Caller() caller: Principal, @Param('id') id: string): Promise<Record<string, unknown>> {
    return this.corrections.reverify(who(caller, id));
  }

  @Post('cancel')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Stop; nothing more is asked' })
  @ApiResponse({ status: 200, type: VerificationDto })
  cancel(@Caller() caller: Principal, @Param('id') id: string): Promise<Record<string, unknown>> {
    return this.corrections.cancel(who(caller, id));
  }

  @Post('assignee')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Say who looks after it' })
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        assignee: {
          type: ['string', 'null'],
          maxLength: 120,
          example: 'dana@facility.example',
          description: 'One line; null: nobody. `none` is what the list has for nobody, and no name',
        },
        note: { type: 'string', maxLength: 2000, description: 'Words for whoever looks after it next' },
      },
      required: ['assignee'],
      additionalProperties: false,
    },
  })
  @ApiResponse({ status: 200, type: VerificationDto })
  assign(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Record<string, unknown>> {
    return this.corrections.assign(who(caller, id), body);
  }
}
