import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { civilDate, line, oneOf, optional, type Principal, readFields } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import { presentPatientRecord } from '@openvob/records';
import { type ErasureRefusal, Erasures, type PatientChoice, Patients } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { DisclosuresDto } from './part2.dto';
import {
  ErasureDto,
  ErasureWishDto,
  ExportWishDto,
  NewPatientRequestDto,
  PatientChoiceDto,
  PatientDto,
  PatientExportDto,
  PatientOfDto,
  PatientRequestDto,
  PatientRequestsDto,
  SamePeopleDto,
} from './patients.dto';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { found } from './verifications.controller';

const notErased: Readonly<Record<ErasureRefusal, string>> = {
  held: 'A verification of this patient is under a legal hold: lift it first.',
  under_way: 'A verification of this patient is under way: cancel it, or wait until it rests.',
};

const longestId = 60;
const longestRecipient = 200;
const longestWords = 2000;

@ApiTags('Patients')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class PatientsController {
  constructor(
    @Inject(Patients) private readonly patients: Patients,
    @Inject(Erasures) private readonly erasures: Erasures,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get('verifications/:id/same-person')
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Other verifications that may be about the same person',
    description: 'By last name and birth date, or member id. Nothing is joined until somebody says so.',
  })
  @ApiResponse({ status: 200, type: SamePeopleDto })
  async samePerson(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return { items: found(await this.patients.hints(this.by(caller), id)) };
  }

  @Post('verifications/:id/patient')
  @HttpCode(200)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Say whose a verification is, or move it to whom it belongs' })
  @ApiBody({ type: PatientChoiceDto })
  @ApiResponse({ status: 200, type: PatientOfDto })
  async assign(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const choice = choiceOf(
      readFields(body ?? {}, { sameAs: optional(line(longestId)), patientId: optional(line(longestId)) }),
    );
    return { patientId: found(await this.patients.assign(this.by(caller), id, choice)) };
  }

  @Get('patients/:id')
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'A patient’s verifications, and how they came to be theirs' })
  @ApiResponse({ status: 200, type: PatientDto })
  async read(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return found(await this.patients.read(this.by(caller), id));
  }

  @Get('patients/:id/disclosures')
  @AllowRoles('coordinator', 'supervisor', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The accounting of disclosures about a patient, newest first' })
  @ApiResponse({ status: 200, type: DisclosuresDto })
  async disclosures(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return { items: found(await this.patients.accountOf(this.by(caller), id)) };
  }

  @Get('patients/:id/requests')
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'What the patient asked for: access, correction, disclosures' })
  @ApiResponse({ status: 200, type: PatientRequestsDto })
  async requests(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return { items: found(await this.patients.requests(this.by(caller), id)) };
  }

  @Post('patients/:id/requests')
  @HttpCode(201)
  @AllowRoles('coordinator', 'supervisor', 'admin', 'machine')
  @ApiOperation({ summary: 'Record what the patient asked for' })
  @ApiBody({ type: NewPatientRequestDto })
  @ApiResponse({ status: 201, type: PatientRequestDto })
  async addRequest(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const kind = oneOf(['access', 'correction', 'disclosures'] as const);
    const asked = readFields(body, { kind, receivedOn: civilDate, words: optional(line(longestWords)) });
    return found(await this.patients.addRequest(this.by(caller), id, asked));
  }

  @Post('patients/:id/export')
  @HttpCode(200)
  @AllowRoles('supervisor', 'admin')
  @ApiOperation({
    summary: 'Everything that is kept about a patient, to be given out',
    description: 'With the notice of 42 CFR 2.32; stands on the account of disclosures before it leaves.',
  })
  @ApiBody({ type: ExportWishDto })
  @ApiResponse({ status: 200, type: PatientExportDto })
  async export(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const wish = readFields(body, { to: line(longestRecipient), requestId: optional(line(longestId)) });
    const by = this.by(caller);
    return presentPatientRecord(found(await this.patients.export(by, id, wish)), by.now);
  }

  @Post('patients/:id/erasure')
  @HttpCode(200)
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Remove everything that is kept of a patient, for good',
    description:
      'The trail and the account of disclosures stay, by ids. Refused while a verification is under way or held. Backups that were made before are rid of the patient by `npm run backup -- prune`.',
  })
  @ApiBody({ type: ErasureWishDto })
  @ApiResponse({ status: 200, type: ErasureDto })
  async erase(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    readFields(body, { confirm: oneOf(['erase'] as const) });
    const erased = found(await this.erasures.erase(this.by(caller), id));
    if (typeof erased === 'string') throw new Problem('wrong_state', { detail: notErased[erased] });
    return erased;
  }

  private by(caller: Principal): { facilityId: string; actor: ReturnType<typeof actorOf>; now: Date } {
    return { facilityId: caller.facilityId, actor: actorOf(caller), now: this.clock.now() };
  }
}

function choiceOf({ sameAs, patientId }: { sameAs?: string; patientId?: string }): PatientChoice {
  if (sameAs !== undefined && patientId !== undefined) {
    const detail = 'cannot be given beside sameAs';
    throw new Problem('validation_failed', { fields: [{ pointer: '/patientId', code: 'not_together', detail }] });
  }
  if (sameAs !== undefined) return { sameAs };
  return patientId === undefined ? { isNew: true } : { patientId };
}
