import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { RecheckSettingsService } from './recheck-settings';
import { RecheckSettingsChangeDto, RecheckSettingsDto } from './recheck-settings.dto';
import { ProblemDto } from './verification.dto';

@ApiTags('Facility')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/facility/rechecks')
export class RecheckSettingsController {
  constructor(@Inject(RecheckSettingsService) private readonly settings: RecheckSettingsService) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin')
  @ApiOperation({ summary: 'Whether and when payers are asked again by themselves' })
  @ApiResponse({ status: 200, type: RecheckSettingsDto })
  read(@Caller() caller: Principal): Promise<object> {
    return this.settings.read(caller);
  }

  @Patch()
  @AllowRoles('supervisor', 'admin')
  @ApiOperation({
    summary: 'Change them, or switch them off',
    description: 'What is left out stays. Off and on count at once; days and hours for what is planned from then on.',
  })
  @ApiBody({ type: RecheckSettingsChangeDto })
  @ApiResponse({ status: 200, type: RecheckSettingsDto })
  change(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    return this.settings.change(caller, body);
  }
}
