import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { type Principal, readFields, truth } from '@openvob/access';
import type { Clock } from '@openvob/platform';
import { CallApproval } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { Described } from './described.dto';
import { clockToken } from './tokens';

class CallApprovalDto {
  @ApiProperty({ description: 'What a coordinator was told by phone counts once a supervisor has approved the call' })
  approval!: boolean;
}

@Described('Facility')
@Controller('v1/facility/calls')
export class CallApprovalController {
  constructor(
    @Inject(CallApproval) private readonly settings: CallApproval,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({ summary: 'Whether calls to payers are approved by a supervisor' })
  @ApiResponse({ status: 200, type: CallApprovalDto })
  async read(@Caller() { facilityId }: Principal): Promise<CallApprovalDto> {
    return { approval: await this.settings.read(facilityId) };
  }

  @Patch()
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Have calls approved, or not',
    description: 'For calls that are recorded from then on; those that wait go on waiting.',
  })
  @ApiBody({ type: CallApprovalDto })
  @ApiResponse({ status: 200, type: CallApprovalDto })
  async change(@Caller() caller: Principal, @Body() body: unknown): Promise<CallApprovalDto> {
    const { approval } = readFields(body, { approval: truth });
    await this.settings.put(caller.facilityId, approval, actorOf(caller), this.clock.now());
    return { approval };
  }
}
