import { Body, Controller, Inject, Param, Patch } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type FieldReader, line, optional, type Principal, readFields } from '@openvob/access';
import { isCivilDate } from '@openvob/benefits';
import { parseChange } from '@openvob/estimate';
import { type Clock, Problem } from '@openvob/platform';
import { ProgramCatalog } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';
import { actorOf, found } from './verifications.controller';

const mostClosures = 400;

class ProgramBodyDto {
  @ApiPropertyOptional({ maxLength: 120 }) name?: string;
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'In order: `{ weeks, weekdays, virtualOn? }`',
  })
  phases?: object[];
  @ApiPropertyOptional({ type: [String], description: 'Dates on which the program is closed' }) closedOn?: string[];
}

class ChangedProgramDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) description!: object;
  @ApiProperty({ type: 'object', additionalProperties: true }) plan!: object;
}

@ApiTags('Directory')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/programs')
export class ProgramsController {
  constructor(
    @Inject(ProgramCatalog) private readonly programs: ProgramCatalog,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Patch(':id')
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Change the name, the phases or the closures of a program',
    description: 'Estimates from now on are of the changed program; those that were made stand.',
  })
  @ApiBody({ type: ProgramBodyDto })
  @ApiResponse({ status: 200, type: ChangedProgramDto })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { name, phases, closedOn } = readFields(body ?? {}, {
      name: optional(line(120)),
      phases: optional(anyList),
      closedOn: optional(dates),
    });
    const plan = { ...(phases ? { phases: phasesOf(phases) } : {}), ...(closedOn ? { closedOn } : {}) };
    const change = { ...(name === undefined ? {} : { name }), plan };
    const by = { actor: actorOf(caller), now: this.clock.now() };
    return found(await this.programs.change(caller.facilityId, id, change, by));
  }
}

const anyList: FieldReader<unknown[]> = (value) =>
  Array.isArray(value) && value.length > 0
    ? { value }
    : { fault: { code: 'wrong_type', detail: 'must be a list with something in it' } };

const dates: FieldReader<string[]> = (value) =>
  Array.isArray(value) &&
  value.length <= mostClosures &&
  value.every((one) => typeof one === 'string' && isCivilDate(one))
    ? { value: [...new Set(value as string[])].sort() }
    : { fault: { code: 'no_such_date', detail: `must be at most ${mostClosures} dates, YYYY-MM-DD` } };

/** By the rules of an estimate's case, so that a program can always be worked out. @throws Problem `validation_failed` */
function phasesOf(phases: unknown[]): unknown {
  const parsed = parseChange({ phases });
  if (parsed.ok) return parsed.change.phases;
  const { code, path, message } = parsed.error;
  throw new Problem('validation_failed', { fields: [{ pointer: path, code, detail: message }] });
}
