import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { ProviderIdentityService } from './provider-identity';
import { ProviderIdentityChangeDto, ProviderIdentityDto } from './provider-identity.dto';
import { ProblemDto } from './verification.dto';

@ApiTags('Facility')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/facility/identity')
export class ProviderIdentityController {
  constructor(@Inject(ProviderIdentityService) private readonly identity: ProviderIdentityService) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin')
  @ApiOperation({ summary: 'How the facility names itself to payers: name, NPIs, taxonomy' })
  @ApiResponse({ status: 200, type: ProviderIdentityDto })
  read(@Caller() caller: Principal): Promise<object> {
    return this.identity.read(caller);
  }

  @Patch()
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Change it',
    description: 'What is left out stays. Counts from the next inquiry on, and stands in the audit trail.',
  })
  @ApiBody({ type: ProviderIdentityChangeDto })
  @ApiResponse({ status: 200, type: ProviderIdentityDto })
  change(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    return this.identity.change(caller, body);
  }
}
