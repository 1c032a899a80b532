import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { authorizationStatuses, authorizationUnits } from '@openvob/estimate';

/** Classes that describe what people record; the bodies are read by `libs/records`. */

const civilDate = { type: 'string', format: 'date', example: '2026-11-20' } as const;

class CallAnswerDto {
  @ApiProperty({ example: 'copay:0', description: 'An id of the call script, or of `needs[].questions`' })
  questionId!: string;
  @ApiProperty({
    description:
      'By the kind of the question, as the script describes it: cents, a percentage, a date, a choice, words, amounts, or a cost share. `unknown` where the payer would not say',
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'object', additionalProperties: true },
    ],
    example: 4000,
  })
  value!: unknown;
  @ApiPropertyOptional({ description: 'The exact words: they decide disputes', example: 'Forty dollars a day.' })
  words?: string;
  @ApiPropertyOptional({
    description: 'The electronic figure was put to the representative as well: the conflict is settled',
  })
  settles?: boolean;
}

class CalledPayerDto {
  @ApiPropertyOptional({ example: 'pay_aetna' }) id?: string;
  @ApiPropertyOptional({ example: 'Northwind Behavioral' }) name?: string;
}

export class CallBodyDto {
  @ApiProperty({ example: 'Dana R.' }) representative!: string;
  @ApiProperty({ example: 'I-482-119', description: 'The payer’s number of the call' }) referenceNumber!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ format: 'date-time' }) endedAt!: string;
  @ApiPropertyOptional({
    type: CalledPayerDto,
    description:
      'Whom you called, by id or name, where it was not the payer of the coverages that you were answered about: an administrator of behavioral health, say. It stands on the account of disclosures',
  })
  payer?: CalledPayerDto;
  @ApiProperty({ type: [CallAnswerDto] }) answers!: CallAnswerDto[];
  @ApiPropertyOptional({ description: 'The call that this record takes the place of; the other one is kept' })
  amends?: string;
}

class RecordDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) recordedAt!: string;
  @ApiProperty() recordedBy!: string;
  @ApiPropertyOptional() amends?: string;
  @ApiPropertyOptional({ description: 'The record that counts in its place' }) amendedBy?: string;
}

export class CallReviewBodyDto {
  @ApiProperty({ enum: ['approved', 'sent_back'] }) verdict!: string;
  @ApiPropertyOptional({ maxLength: 1000, description: 'Needed where it is sent back' }) reason?: string;
}

class CallReviewDto {
  @ApiProperty({ enum: ['awaiting', 'approved', 'sent_back'] }) state!: string;
  @ApiPropertyOptional({ format: 'date-time' }) at?: string;
  @ApiPropertyOptional() by?: string;
  @ApiPropertyOptional({ description: 'Why it was sent back' }) reason?: string;
}

class KeptCallAnswerDto extends CallAnswerDto {
  @ApiPropertyOptional({ description: 'The question as it was put' }) ask?: string;
  @ApiPropertyOptional({ example: 'money', description: 'What kind of answer it takes' }) kind?: string;
}

class CallDto extends RecordDto {
  @ApiPropertyOptional({
    type: CallReviewDto,
    description: 'Where the call needs a supervisor’s approval: what was said in it counts once it is approved',
  })
  review?: CallReviewDto;
  @ApiProperty() representative!: string;
  @ApiProperty() referenceNumber!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ format: 'date-time' }) endedAt!: string;
  @ApiPropertyOptional({ type: CalledPayerDto, description: 'Whom it was to, where that was said' })
  payer?: CalledPayerDto;
  @ApiProperty({ type: [KeptCallAnswerDto] }) answers!: KeptCallAnswerDto[];
}

export class CallsDto {
  @ApiProperty({ type: [CallDto] }) items!: CallDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

export class AuthorizationBodyDto {
  @ApiProperty({ enum: authorizationStatuses }) status!: string;
  @ApiPropertyOptional({ description: 'The payer’s number of it' }) number?: string;
  @ApiPropertyOptional({
    enum: authorizationUnits,
    description: 'Needed with `approved`; a visit or unit is a program day, hours make days of three',
  })
  unit?: string;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'How many; without it an approval is of every program day from `from` to `to`',
  })
  approved?: number;
  @ApiPropertyOptional(civilDate) from?: string;
  @ApiPropertyOptional(civilDate) to?: string;
  @ApiPropertyOptional(civilDate) decidedOn?: string;
  @ApiPropertyOptional({ ...civilDate, description: 'When the packet for the next review is due' })
  nextReviewOn?: string;
  @ApiPropertyOptional({ description: 'Who decided or told it' }) by?: string;
  @ApiPropertyOptional() words?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'Index of the coverage in the request; 0 without it' })
  coverage?: number;
  @ApiPropertyOptional({ description: 'The record that this one takes the place of' }) amends?: string;
}

class AuthorizationDto extends RecordDto {
  @ApiProperty({ enum: authorizationStatuses }) status!: string;
  @ApiProperty({ type: 'integer' }) coverage!: number;
  @ApiPropertyOptional({ description: 'Id of the payer that the coverage had then' }) payer?: string;
  @ApiPropertyOptional() number?: string;
  @ApiPropertyOptional({ enum: authorizationUnits }) unit?: string;
  @ApiPropertyOptional({ type: 'integer' }) approved?: number;
  @ApiPropertyOptional(civilDate) from?: string;
  @ApiPropertyOptional(civilDate) to?: string;
  @ApiPropertyOptional(civilDate) decidedOn?: string;
  @ApiPropertyOptional(civilDate) nextReviewOn?: string;
  @ApiPropertyOptional() by?: string;
  @ApiPropertyOptional() words?: string;
  @ApiProperty(civilDate) recordedOn!: string;
}

export class AuthorizationsDto {
  @ApiProperty({ type: [AuthorizationDto] }) items!: AuthorizationDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

class AttendanceDayDto {
  @ApiProperty(civilDate) date!: string;
  @ApiProperty() attended!: boolean;
  @ApiPropertyOptional({
    type: [String],
    example: ['H0015'],
    description: 'Codes of the program; without them what was planned',
  })
  services?: string[];
}

export class AttendanceBodyDto {
  @ApiProperty({
    type: [AttendanceDayDto],
    description: 'One a date; what is recorded again the same makes no new record',
  })
  days!: AttendanceDayDto[];
}

class AttendanceLineDto extends AttendanceDayDto {
  @ApiProperty({ format: 'date-time' }) recordedAt!: string;
  @ApiProperty() recordedBy!: string;
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'What was recorded of the date before',
  })
  before?: object[];
}

export class AttendanceDto {
  @ApiProperty({ type: [AttendanceLineDto] }) items!: AttendanceLineDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

class ScriptValueDto {
  @ApiProperty({ enum: ['yes_no', 'money', 'percent', 'date', 'number', 'choice', 'text', 'amounts', 'share', 'days'] })
  kind!: string;
  @ApiProperty({ description: 'What the question takes, in words' }) description!: string;
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', properties: { value: { type: 'string' }, text: { type: 'string' } } },
  })
  options?: object[];
  @ApiPropertyOptional({ description: '`none` is an answer too' }) orNone?: boolean;
  @ApiPropertyOptional() of?: string;
}

class ScriptQuestionDto {
  @ApiProperty({ example: 'copay:0' }) id!: string;
  @ApiProperty() code!: string;
  @ApiProperty() section!: string;
  @ApiProperty() ask!: string;
  @ApiProperty({ type: ScriptValueDto }) value!: ScriptValueDto;
  @ApiPropertyOptional({ type: 'integer', description: 'How much the estimate’s range narrows by the answer' })
  swingCents?: number;
  @ApiPropertyOptional({
    type: 'object',
    properties: { id: { type: 'string' }, is: { type: 'array', items: { type: 'string' } } },
    description: 'Asked when the question of this id was answered so',
  })
  onlyIf?: object;
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Calls in which the payer would not say',
  })
  notSaid?: object[];
}

const openNow = 'Whether somebody answers at this moment by the hours, which know no holidays';

class PhoneLineDto {
  @ApiProperty({ description: 'What the line is for', example: 'behavioral health' }) label!: string;
  @ApiProperty() number!: string;
  @ApiPropertyOptional({ example: 'Mon-Fri 08:00-18:00' }) hours?: string;
  @ApiPropertyOptional({ example: 'America/New_York' }) timeZone?: string;
  @ApiPropertyOptional({ description: openNow }) isOpenNow?: boolean;
  @ApiPropertyOptional({ description: 'Who gave the number: a payer’s answer, a call, or where it was read' })
  source?: string;
}

class PayerContactDto {
  @ApiProperty({
    type: 'object',
    properties: { id: { type: 'string' }, name: { type: 'string' } },
    description: 'Without an id an answer named it, and the directory does not know it',
  })
  payer!: object;
  @ApiPropertyOptional({ description: 'What it is rung for, where others are rung too' }) ringFor?: string;
  @ApiProperty({ type: [PhoneLineDto], description: 'The first to ring first' }) phones!: PhoneLineDto[];
  @ApiPropertyOptional({ description: 'Of all lines that say no hours of their own' }) hours?: string;
  @ApiPropertyOptional() timeZone?: string;
  @ApiPropertyOptional({ description: openNow }) isOpenNow?: boolean;
  @ApiPropertyOptional() portal?: string;
  @ApiPropertyOptional({ description: 'What helps to get through' }) notes?: string;
}

export class CallSheetDto {
  @ApiProperty() verificationId!: string;
  @ApiProperty({ type: [PayerContactDto], description: 'Whom to ring, the one that holds the benefit first' })
  contacts!: PayerContactDto[];
  @ApiProperty({ type: [String] }) haveReady!: string[];
  @ApiProperty({ type: [String] }) opening!: string[];
  @ApiProperty({ type: [ScriptQuestionDto], description: 'Only what is unanswered, worth most first' })
  questions!: ScriptQuestionDto[];
  @ApiProperty({ type: [String] }) closing!: string[];
}
