import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import type { Clock } from '@openvob/platform';
import { presentRawAnswer } from '@openvob/results';
import { RawAnswers } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { Described } from './described.dto';
import { RawAnswerDto } from './raw-answers.dto';
import { clockToken } from './tokens';
import { found } from './verifications.controller';

@Described('Verifications')
@Controller('v1/verifications/:id/answers')
export class RawAnswersController {
  constructor(
    @Inject(RawAnswers) private readonly answers: RawAnswers,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get(':inquiryId/raw')
  @AllowRoles('supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'What a payer answered, word for word',
    description:
      'One exchange at a time: it holds more about the patient than a verification needs, and each read is on record.',
  })
  @ApiResponse({ status: 200, type: RawAnswerDto })
  async raw(
    @Caller() caller: Principal,
    @Param('id') verificationId: string,
    @Param('inquiryId') inquiryId: string,
  ): Promise<object> {
    const exchange = { verificationId, inquiryId };
    return presentRawAnswer(
      found(await this.answers.read(caller.facilityId, exchange, actorOf(caller), this.clock.now())),
    );
  }
}
