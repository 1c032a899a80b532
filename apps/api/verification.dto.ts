import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { VerificationRequestDto } from '@openvob/intake';
import { statuses } from '@openvob/verification';

/** Classes that only describe responses in the API description; the contract's types are in the libraries. */

class ProblemFieldDto {
  @ApiProperty({ description: "JSON Pointer from the body's root", example: '/patient/birthDate' }) pointer!: string;
  @ApiProperty({ example: 'no_such_date' }) code!: string;
  @ApiProperty({ example: 'must be a date of the calendar, YYYY-MM-DD' }) detail!: string;
}

export class ProblemDto {
  @ApiProperty({ example: 'urn:openvob:problem:validation_failed' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ example: 422 }) status!: number;
  @ApiProperty({ example: 'validation_failed' }) code!: string;
  @ApiProperty({ description: 'Find the request in the logs by this id' }) traceId!: string;
  @ApiPropertyOptional() detail?: string;
  @ApiPropertyOptional({ type: [ProblemFieldDto] }) errors?: ProblemFieldDto[];
}

class CallSourceDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty() representative!: string;
  @ApiProperty({ description: "The payer's number of the call" }) reference!: string;
  @ApiPropertyOptional() words?: string;
}

class SourceDto {
  @ApiPropertyOptional({ description: 'X12: 1-based number of the segment in the message' }) segment?: number;
  @ApiPropertyOptional({ description: 'X12: the segment itself' }) raw?: string;
  @ApiPropertyOptional({ description: 'JSON, FHIR: JSON Pointer' }) path?: string;
  @ApiPropertyOptional({ description: 'Which of several answers it stands in, by the id of its inquiry' })
  answer?: string;
  @ApiPropertyOptional({ type: CallSourceDto, description: 'By phone: the call' }) call?: CallSourceDto;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'A recorded authorization' })
  authorization?: object;
}

class ChosenValueDto {
  @ApiPropertyOptional({ type: 'integer' }) amountCents?: number;
  @ApiPropertyOptional() percent?: number;
  @ApiPropertyOptional({ type: 'integer' }) limitCents?: number;
  @ApiPropertyOptional({ type: 'integer' }) remainingCents?: number;
  @ApiPropertyOptional() per?: string;
}

class AlternativeDto {
  @ApiProperty({ type: 'object', additionalProperties: true }) value!: object;
  @ApiProperty({ type: [SourceDto] }) source!: SourceDto[];
  @ApiProperty() why!: string;
}

class ChosenDto {
  @ApiProperty({ type: ChosenValueDto }) value!: ChosenValueDto;
  @ApiProperty({ description: 'The rule that chose this figure' }) rule!: string;
  @ApiProperty({ type: [SourceDto] }) source!: SourceDto[];
  @ApiProperty({ type: [AlternativeDto], description: 'What else the payer said, kept' })
  alternatives!: AlternativeDto[];
}

class DecisionDto {
  @ApiProperty({ enum: ['covered', 'covered_with_conditions', 'not_covered', 'carved_out', 'other_payer', 'unknown'] })
  decision!: string;
  @ApiProperty({ type: [String], example: ['authorization_required'] }) conditions!: string[];
  @ApiProperty({ enum: ['yes', 'no', 'unknown'] }) authorization!: string;
  @ApiPropertyOptional({ type: ChosenDto }) copay?: ChosenDto;
  @ApiPropertyOptional({ type: ChosenDto }) coinsurance?: ChosenDto;
  @ApiPropertyOptional({ type: ChosenDto }) deductibleIndividual?: ChosenDto;
  @ApiPropertyOptional({ type: ChosenDto }) deductibleFamily?: ChosenDto;
  @ApiPropertyOptional({ type: ChosenDto }) outOfPocketIndividual?: ChosenDto;
  @ApiPropertyOptional({ type: ChosenDto }) outOfPocketFamily?: ChosenDto;
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } }) limits!: object[];
  @ApiProperty({ type: [String], description: 'What the payer left unsaid that the estimate needs' })
  unknowns!: string[];
}

class TotalDto {
  @ApiProperty({ type: 'integer' }) lowCents!: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Left out when nobody stated the cost share' })
  likelyCents?: number;
  @ApiProperty({ type: 'integer' }) highCents!: number;
}

class WeekDto {
  @ApiProperty({ format: 'date', description: 'The Monday' }) weekOf!: string;
  @ApiProperty({ type: 'integer' }) patientCents!: number;
}

class PeriodDto {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) to!: string;
  @ApiProperty({ type: 'integer' }) patientCents!: number;
  @ApiProperty({ type: 'integer' }) deductibleCents!: number;
  @ApiProperty({ type: 'integer' }) outOfPocketCents!: number;
}

class LineDto {
  @ApiProperty({ example: 'H0015' }) code!: string;
  @ApiProperty() kind!: string;
  @ApiProperty({ type: 'integer' }) allowedCents!: number;
  @ApiProperty({ type: 'integer' }) deductibleCents!: number;
  @ApiProperty({ type: 'integer' }) copayCents!: number;
  @ApiProperty({ type: 'integer' }) coinsuranceCents!: number;
  @ApiProperty({ type: 'integer' }) nonCoveredCents!: number;
  @ApiProperty({ type: 'integer' }) penaltyCents!: number;
  @ApiProperty({ type: 'integer' }) balanceBillCents!: number;
  @ApiProperty({ type: 'integer' }) planPaidCents!: number;
  @ApiProperty({ type: 'integer' }) secondaryPaidCents!: number;
  @ApiProperty({ type: 'integer' }) patientCents!: number;
  @ApiProperty({ type: [String], description: 'One sentence a step' }) why!: string[];
}

class DayDto {
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty({ enum: ['in_person', 'virtual'] }) setting!: string;
  @ApiProperty({ type: 'integer' }) patientCents!: number;
  @ApiProperty({ type: [LineDto] }) lines!: LineDto[];
}

class CodeTextDto {
  @ApiProperty() code!: string;
  @ApiProperty() text!: string;
}

class QuestionDto {
  @ApiProperty({ example: 'cost_share:0:2' }) id!: string;
  @ApiProperty() code!: string;
  @ApiProperty() ask!: string;
  @ApiProperty({ type: 'integer', description: 'How much the range narrows by the answer' }) swingCents!: number;
}

export class EstimateDto {
  @ApiProperty({
    type: TotalDto,
    description: 'An estimate, never a promise: what the patient will owe for the whole program',
  })
  total!: TotalDto;
  @ApiProperty({ type: 'integer' }) firstDayCents!: number;
  @ApiProperty({ type: [WeekDto] }) perWeek!: WeekDto[];
  @ApiProperty({ type: [PeriodDto] }) perPeriod!: PeriodDto[];
  @ApiProperty({ type: [DayDto] }) days!: DayDto[];
  @ApiProperty({ type: 'integer' }) atRiskCents!: number;
  @ApiProperty({ type: [CodeTextDto] }) assumptions!: CodeTextDto[];
  @ApiProperty({ type: [QuestionDto] }) questions!: QuestionDto[];
  @ApiProperty({ type: [CodeTextDto] }) warnings!: CodeTextDto[];
}

export class WhatIfDto {
  @ApiPropertyOptional({ format: 'date' }) startDate?: string;
  @ApiPropertyOptional({ enum: ['in', 'out', 'unknown'] }) network?: string;
  @ApiPropertyOptional({ description: 'An id from GET /v1/programs' }) programId?: string;
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } }) phases?: object[];
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } }) rates?: object[];
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { 'network:0': 'in' } }) answers?: object;
}

export class IdNameDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

class PayerViaDto extends IdNameDto {
  @ApiProperty({ description: 'How it was asked', example: 'x12' }) via!: string;
}

class CallQuestionDto {
  @ApiProperty() id!: string;
  @ApiProperty() code!: string;
  @ApiProperty() ask!: string;
  @ApiPropertyOptional({ type: 'integer' }) swingCents?: number;
}

class NeedDto {
  @ApiProperty({ enum: ['information', 'consent', 'call', 'level_of_care_review', 'approval', 'sent_back'] })
  kind!: string;
  @ApiProperty() message!: string;
  @ApiPropertyOptional({ type: [String], description: 'JSON Pointers into the request' }) fields?: string[];
  @ApiPropertyOptional({ type: [IdNameDto] }) candidates?: IdNameDto[];
  @ApiPropertyOptional({ type: [CallQuestionDto] }) questions?: CallQuestionDto[];
}

class ChainPayerDto {
  @ApiPropertyOptional({ description: 'Left out where nobody in the directory goes by that name' }) id?: string;
  @ApiProperty() name!: string;
}

class ChainLinkDto {
  @ApiProperty({ type: ChainPayerDto }) payer!: ChainPayerDto;
  @ApiPropertyOptional({ description: 'How it was asked', example: 'x12' }) via?: string;
  @ApiProperty({
    enum: ['requested', 'carve_out', 'primary_payer', 'holds_the_coverage'],
    description:
      'Why it was asked: the request names it; it holds the behavioral health of the one before; it pays before that one; it holds the coverage itself',
  })
  because!: string;
  @ApiProperty() answered!: boolean;
  @ApiPropertyOptional({
    enum: [
      'unknown_payer',
      'no_member_id',
      'by_phone',
      'no_consent',
      'turned_away',
      'waiting',
      'unanswered',
      'loop',
      'too_long',
    ],
    description: 'Why it did not answer, or was not asked',
  })
  issue?: string;
}

class GoodUntilDto {
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty({ enum: ['end_of_month', 'benefit_period_reset', 'coverage_end', 'authorization_end', 'program_end'] })
  because!: string;
}

class NextRecheckDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({
    enum: [
      'asked_for_today',
      'payer_asked_for_patience',
      'coverage_end',
      'benefit_period_reset',
      'first_of_month',
      'before_benefit_period_reset',
    ],
  })
  because!: string;
}

class ChangeDto {
  @ApiProperty({
    enum: [
      'coverage',
      'coverage_end',
      'decision',
      'authorization_required',
      'estimate_total',
      'estimate_first_day',
      'deductible_left',
      'family_deductible_left',
      'deductible',
      'family_deductible',
      'out_of_pocket_left',
      'family_out_of_pocket_left',
      'out_of_pocket',
      'family_out_of_pocket',
      'copay',
      'coinsurance',
      'visits_left',
      'days_left',
      'hours_left',
    ],
  })
  code!: string;
  @ApiProperty({ example: 'The deductible left went from $900.00 to $0.00.' }) text!: string;
  @ApiPropertyOptional({
    oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'object' }],
    description: 'Cents, percent, a count, a date or a word; of the estimate its range. Left out: nothing was said',
  })
  before?: unknown;
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'object' }] }) after?: unknown;
  @ApiPropertyOptional({ type: 'integer', description: 'Of amounts of money: how much more it is now' })
  differenceCents?: number;
  @ApiProperty({
    type: 'object',
    properties: {
      before: { type: 'array', items: { type: 'object', additionalProperties: true } },
      after: { type: 'array', items: { type: 'object', additionalProperties: true } },
    },
    description: 'The payer’s words of both; empty for what is worked out',
  })
  sources!: object;
}

class ChangesDto {
  @ApiProperty({ type: 'integer' }) sinceRound!: number;
  @ApiProperty({ format: 'date-time' }) since!: string;
  @ApiProperty({ type: [ChangeDto], description: 'Weightiest first; empty when nothing changed' }) items!: ChangeDto[];
}

class BasisSourceDto {
  @ApiProperty({
    description: 'JSON Pointer into the case of the estimate',
    example: '/coverages/0/periods/0/deductible',
  })
  path!: string;
  @ApiProperty({ type: SourceDto }) source!: SourceDto;
  @ApiProperty({ type: 'integer' }) coverage!: number;
}

class BasisAssumptionDto extends CodeTextDto {
  @ApiProperty() path!: string;
  @ApiPropertyOptional({ type: () => [FlagSourceDto], description: 'Where the rule of the law is published' })
  law?: FlagSourceDto[];
}

class FlagSourceDto {
  @ApiProperty() title!: string;
  @ApiPropertyOptional({ format: 'uri' }) url?: string;
  @ApiPropertyOptional({ format: 'date' }) readOn?: string;
}

class FlagDto extends CodeTextDto {
  @ApiProperty({ type: FlagSourceDto }) source!: FlagSourceDto;
  @ApiPropertyOptional({ type: 'integer' }) coverage?: number;
  @ApiPropertyOptional({ type: [SourceDto], description: "The payer's words that raise it" }) stated?: SourceDto[];
}

class BasisDto {
  @ApiProperty({ type: [BasisSourceDto] }) sources!: BasisSourceDto[];
  @ApiProperty({ type: [BasisAssumptionDto] }) assumptions!: BasisAssumptionDto[];
  @ApiPropertyOptional({ type: [FlagDto], description: 'What to look at or to ask about beside the figures' })
  flags?: FlagDto[];
}

class ResultOfDto {
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

class ConflictDto {
  @ApiProperty({
    description: 'JSON Pointer into the case of the estimate',
    example: '/coverages/0/periods/0/deductible/individual/remainingCents',
  })
  path!: string;
  @ApiProperty({ description: 'What was answered electronically' }) electronic!: unknown;
  @ApiProperty({ description: 'What a representative said' }) phone!: unknown;
  @ApiProperty({ enum: ['phone', 'electronic'], description: 'Which one the likely figures stand on' }) used!: string;
  @ApiProperty({ description: 'Why that one' }) because!: string;
  @ApiProperty({ description: 'Asked again with both in view; until then the range covers both' }) isSettled!: boolean;
  @ApiProperty({ type: 'integer' }) coverage!: number;
  @ApiProperty({ description: 'The question that settles it', example: 'deductible_individual:0' }) question!: string;
  @ApiProperty({ type: 'integer' }) swingCents!: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The call' }) said!: object;
}

class AuthorizationTimelineDto {
  @ApiProperty({ enum: ['yes', 'no'] }) required!: string;
  @ApiProperty({ enum: ['requested', 'approved', 'denied', 'not_required'] }) status!: string;
  @ApiPropertyOptional() number?: string;
  @ApiProperty({ type: 'integer' }) programDays!: number;
  @ApiPropertyOptional({ type: 'integer' }) approvedDays?: number;
  @ApiPropertyOptional({ type: 'integer' }) usedDays?: number;
  @ApiPropertyOptional({ type: 'integer' }) leftDays?: number;
  @ApiPropertyOptional({ format: 'date' }) lastApprovedDay?: string;
  @ApiPropertyOptional({ format: 'date' }) packetDueOn?: string;
}

class AttendanceSummaryDto {
  @ApiProperty({ type: 'integer', description: 'Program days up to yesterday' }) planned!: number;
  @ApiProperty({ type: 'integer' }) attended!: number;
  @ApiProperty({ type: 'integer' }) missed!: number;
  @ApiProperty({ type: [String], description: 'Dates of which nothing is recorded' }) notRecorded!: string[];
}

class LinksDto {
  @ApiProperty() self!: string;
  @ApiProperty() events!: string;
  @ApiProperty() answers!: string;
}

class UnusablePartDto extends ProblemFieldDto {
  @ApiProperty({ description: 'What was sent: anything JSON can hold' }) value!: unknown;
}

export class KeptRequestDto extends PartialType(VerificationRequestDto) {
  @ApiProperty({ type: [UnusablePartDto] }) unusable!: UnusablePartDto[];
}

export class VerificationDto {
  @ApiPropertyOptional({ type: [ProblemFieldDto], description: 'What was sent and could not be used, without values' })
  unusable?: ProblemFieldDto[];
  @ApiProperty({ example: 'ver_01jd3v9k6q' }) id!: string;
  @ApiPropertyOptional() reference?: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ enum: statuses }) status!: string;
  @ApiPropertyOptional() reason?: string;
  @ApiPropertyOptional({ format: 'date-time' }) neededBy?: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description:
      'By when nine of ten such verifications have their answer, from what was measured of the payer lately; left out where nothing was, or the payer is down',
  })
  promisedBy?: string;
  @ApiPropertyOptional({ description: 'The answer may come later than it is needed' }) atRisk?: boolean;
  @ApiPropertyOptional({ type: [NeedDto] }) needs?: NeedDto[];
  @ApiPropertyOptional({ type: PayerViaDto }) payer?: PayerViaDto;
  @ApiPropertyOptional({
    type: [ChainLinkDto],
    description: 'Payers in the order in which they were asked; left out when no answer named a further one',
  })
  chain?: ChainLinkDto[];
  @ApiPropertyOptional({ type: IdNameDto }) program?: IdNameDto;
  @ApiPropertyOptional({ format: 'date' }) startDate?: string;
  @ApiPropertyOptional({ type: DecisionDto }) decision?: DecisionDto;
  @ApiPropertyOptional({ type: EstimateDto }) estimate?: EstimateDto;
  @ApiPropertyOptional({ type: BasisDto, description: "Where the estimate's inputs came from" }) basis?: BasisDto;
  @ApiPropertyOptional({ type: [ConflictDto], description: 'Where a call and the electronic answer differ' })
  conflicts?: ConflictDto[];
  @ApiPropertyOptional({
    type: AuthorizationTimelineDto,
    description: 'Recorded authorizations over the days of the program',
  })
  authorization?: AuthorizationTimelineDto;
  @ApiPropertyOptional({ type: AttendanceSummaryDto }) attendance?: AttendanceSummaryDto;
  @ApiPropertyOptional({
    type: ResultOfDto,
    description: 'Whose decision and estimate are shown: while a check runs or fails, the last good one',
  })
  resultOf?: ResultOfDto;
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'What asking cost so far, all rounds, by the price of the connections; an answer that was used again costs nothing',
  })
  costCents?: number;
  @ApiPropertyOptional({
    type: ChangesDto,
    description: 'What the round shown changed, against the last one before that came to something',
  })
  changes?: ChangesDto;
  @ApiPropertyOptional({ type: GoodUntilDto }) goodUntil?: GoodUntilDto;
  @ApiPropertyOptional({
    format: 'date',
    description: 'The day on which to ask again: the payer would not speak of the admission yet, or asked for patience',
  })
  recheckOn?: string;
  @ApiPropertyOptional({ type: NextRecheckDto, description: 'When the payer is asked again by itself, and why' })
  nextRecheck?: NextRecheckDto;
  @ApiPropertyOptional({ description: 'Who looks after it' }) assignee?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it is needed: what was said, or what is usual' })
  dueAt?: string;
  @ApiProperty({ type: LinksDto }) links!: LinksDto;
}

class ListedVerificationDto extends VerificationDto {
  @ApiProperty({ type: 'object', properties: { firstName: { type: 'string' }, lastName: { type: 'string' } } })
  patient!: object;
  @ApiProperty() priority!: string;
}

export class VerificationsDto {
  @ApiProperty({ type: [ListedVerificationDto], description: 'Without decision and estimate' })
  items!: ListedVerificationDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

/** As the parameters of `GET /v1/verifications`. */
export class SearchDto {
  @ApiPropertyOptional() q?: string;
  @ApiPropertyOptional({ description: 'Several by commas' }) status?: string;
  @ApiPropertyOptional() payer?: string;
  @ApiPropertyOptional() program?: string;
  @ApiPropertyOptional() batch?: string;
  @ApiPropertyOptional() assignee?: string;
  @ApiPropertyOptional() needs?: string;
  @ApiPropertyOptional({ enum: ['true', 'false'] }) open?: string;
  @ApiPropertyOptional() due?: string;
  @ApiPropertyOptional() dueBefore?: string;
  @ApiPropertyOptional({ enum: ['newest', 'due'] }) sort?: string;
  @ApiPropertyOptional() limit?: string;
  @ApiPropertyOptional() cursor?: string;
}

export class CountsDto {
  @ApiProperty({ type: 'integer' }) overdue!: number;
  @ApiProperty({ type: 'integer' }) within30Minutes!: number;
  @ApiProperty({ type: 'integer' }) within2Hours!: number;
  @ApiProperty({ type: 'integer', description: 'Later than that, to the end of the day at the facility' })
  today!: number;
  @ApiProperty({ type: 'integer' }) later!: number;
  @ApiProperty({ type: 'integer', description: 'Of all these, the own' }) mine!: number;
  @ApiProperty({ type: 'integer' }) unassigned!: number;
  @ApiProperty({ type: 'integer', description: 'Nothing to do: the payer is asked' }) underWay!: number;
}

export class SimilarBodyDto {
  @ApiPropertyOptional() memberId?: string;
  @ApiPropertyOptional() lastName?: string;
  @ApiPropertyOptional() firstName?: string;
  @ApiPropertyOptional({ format: 'date' }) birthDate?: string;
}

class SimilarVerificationDto extends ListedVerificationDto {
  @ApiProperty({ type: [String], enum: ['member_id', 'name_and_birth_date'] }) because!: string[];
}

export class SimilarDto {
  @ApiProperty({ type: [SimilarVerificationDto] }) items!: SimilarVerificationDto[];
}

class PlannedInquiryDto {
  @ApiProperty({ type: [String], example: ['30'] }) serviceTypes!: string[];
  @ApiProperty({ type: [String], description: 'Fields that would be sent, without their values' }) fields!: string[];
  @ApiPropertyOptional({
    type: 'object',
    properties: { answeredAt: { type: 'string', format: 'date-time' } },
    description: 'It would not be sent: an answer to the same question serves, at no cost',
  })
  reused?: object;
}

class FollowingInquiryDto extends PlannedInquiryDto {
  @ApiProperty({ enum: ['unsaid', 'not_found'], description: 'While something is unsaid, or where nobody is found' })
  when!: string;
  @ApiPropertyOptional({ example: 'without_middle_name' }) variation?: string;
}

class MissingDto {
  @ApiProperty({ description: "JSON Pointer from the body's root" }) pointer!: string;
  @ApiProperty() why!: string;
}

export class DryRunDto {
  @ApiPropertyOptional({ type: IdNameDto }) payer?: IdNameDto;
  @ApiPropertyOptional() via?: string;
  @ApiProperty({ type: [PlannedInquiryDto], description: 'Inquiries that would be sent in any case' })
  inquiries!: PlannedInquiryDto[];
  @ApiPropertyOptional({ type: [FollowingInquiryDto], description: 'Inquiries that may follow, in their order' })
  mayFollow?: FollowingInquiryDto[];
  @ApiProperty({ type: [MissingDto] }) missing!: MissingDto[];
  @ApiPropertyOptional({ type: 'integer', description: 'Cost of what would be sent in any case' }) costCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'What all of it can come to' }) mostCostCents?: number;
}

class KeptAnswerDto {
  @ApiProperty({ description: 'What `answer` names in sources of an answer that was put together from several' })
  inquiryId!: string;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ format: 'date-time' }) askedAt!: string;
  @ApiPropertyOptional({ type: 'integer' }) costCents?: number;
  @ApiProperty() serviceType!: string;
  @ApiProperty({
    type: 'integer',
    description: 'Index of the coverage in the request; from 3 on, one that a payer told of',
  })
  coveragePosition!: number;
  @ApiPropertyOptional({
    example: 'without_middle_name',
    description: 'How the inquiry differed from what the request and the facility say',
  })
  variation?: string;
  @ApiPropertyOptional({
    type: 'object',
    properties: { answeredAt: { type: 'string', format: 'date-time' } },
    description: 'Given to an earlier inquiry about the same, and used again at no cost',
  })
  reused?: object;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the payer said, in one shape whatever the format',
  })
  answer!: object;
}

export class AnswersDto {
  @ApiProperty({ type: [KeptAnswerDto] }) items!: KeptAnswerDto[];
}

class HistoryLineDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() who!: string;
  @ApiProperty() what!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) detail!: object;
}

export class HistoryDto {
  @ApiProperty({ type: [HistoryLineDto] }) items!: HistoryLineDto[];
}

class PayerDto extends IdNameDto {
  @ApiProperty({ type: [String] }) aliases!: string[];
  @ApiProperty({ type: [String] }) memberIdPrefixes!: string[];
  @ApiProperty({ type: [String], description: 'Two letters each' }) states!: string[];
  @ApiPropertyOptional({ example: 'commercial' }) kind?: string;
  @ApiProperty({ type: [String], description: 'How it can be asked; empty: by phone only' }) via!: string[];
  @ApiPropertyOptional() phone?: string;
}

export class PayersDto {
  @ApiProperty({ type: [PayerDto] }) items!: PayerDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

class ProgramDto extends IdNameDto {
  @ApiProperty({ type: 'object', additionalProperties: true }) description!: object;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Phases, weekdays and services' })
  plan!: object;
}

export class ProgramsDto {
  @ApiProperty({ type: [ProgramDto] }) items!: ProgramDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

export class IntakeEventDto {
  @ApiProperty({ enum: ['verification.requested'] }) type!: string;
  @ApiProperty({ format: 'date-time' }) timestamp!: string;
  @ApiProperty({ type: VerificationRequestDto, description: 'Any field may be missing' }) data!: VerificationRequestDto;
}

export class IntakeReceiptDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: statuses }) status!: string;
}
