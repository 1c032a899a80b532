import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { ConnectionTester } from './connection-trial';
import { Described } from './described.dto';

class TrialBodyDto {
  @ApiPropertyOptional({ description: 'Needed where a question over the connection costs something' })
  acceptCost?: boolean;
}

class TrialDto {
  @ApiProperty({ enum: ['yes', 'no', 'unknown'] }) works!: string;
  @ApiProperty({ description: 'What came back, in words' }) words!: string;
  @ApiProperty({ example: 'rejected', description: 'Kind of answer' }) came!: string;
  @ApiPropertyOptional({ type: [String], description: 'Of a question that was turned away' }) codes?: string[];
  @ApiProperty({ format: 'date-time' }) askedAt!: string;
  @ApiProperty({ type: 'integer' }) tookMs!: number;
  @ApiPropertyOptional({ type: 'integer' }) costCents?: number;
}

@Described('Directory')
@Controller('v1/payers/:id/connections/:connectionId/test')
export class ConnectionTrialController {
  constructor(@Inject(ConnectionTester) private readonly tester: ConnectionTester) {}

  @Post()
  @HttpCode(200)
  @AllowRoles('ops')
  @ApiOperation({
    summary: 'Try a connection',
    description:
      'Asks the payer once about an invented person, by no patient’s data, and says in words what came back. At most once in 30 seconds.',
  })
  @ApiBody({ type: TrialBodyDto, required: false })
  @ApiResponse({ status: 200, type: TrialDto })
  test(
    @Caller() caller: Principal,
    @Param('id') payerId: string,
    @Param('connectionId') connectionId: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.tester.try(caller, payerId, connectionId, body);
  }
}
