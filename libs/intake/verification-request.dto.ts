import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCivilDate, IsFilled, IsInstant, IsSayableInX12, Optional } from './field-rules';

const nameProperty = { minLength: 1, example: 'Avery' };
const civilDate = { type: 'string', format: 'date', example: '1990-04-12' } as const;

/** The largest amount taken from a caller: $1,000,000. */
const mostCents = 100_000_000;

class PatientDto {
  @ApiProperty({ ...nameProperty, maxLength: 35 })
  @IsDefined()
  @IsString()
  @IsFilled()
  @MaxLength(35)
  @IsSayableInX12()
  firstName!: string;

  @ApiProperty({ ...nameProperty, maxLength: 60 })
  @IsDefined()
  @IsString()
  @IsFilled()
  @MaxLength(60)
  @IsSayableInX12()
  lastName!: string;

  @ApiPropertyOptional({ maxLength: 25 })
  @Optional()
  @IsString()
  @MaxLength(25)
  @IsSayableInX12()
  middleName?: string;

  @ApiProperty(civilDate)
  @IsDefined()
  @IsCivilDate()
  birthDate!: string;

  @ApiPropertyOptional({ enum: ['female', 'male', 'unknown'] })
  @Optional()
  @IsIn(['female', 'male', 'unknown'])
  sex?: 'female' | 'male' | 'unknown';

  @ApiProperty({ enum: ['self', 'spouse', 'child', 'other'], description: 'To the subscriber of the policy' })
  @IsDefined()
  @IsIn(['self', 'spouse', 'child', 'other'])
  relationship!: 'self' | 'spouse' | 'child' | 'other';

  @ApiPropertyOptional({ maxLength: 40 })
  @Optional()
  @IsString()
  @MaxLength(40)
  @Matches(/^[0-9+() ./x-]{3,40}$/)
  phone?: string;

  @ApiPropertyOptional({ format: 'email', maxLength: 254 })
  @Optional()
  @MaxLength(254)
  @IsEmail()
  email?: string;
}

class SubscriberDto {
  @ApiProperty({ ...nameProperty, maxLength: 35 })
  @IsDefined()
  @IsString()
  @IsFilled()
  @MaxLength(35)
  @IsSayableInX12()
  firstName!: string;

  @ApiProperty({ ...nameProperty, maxLength: 60 })
  @IsDefined()
  @IsString()
  @IsFilled()
  @MaxLength(60)
  @IsSayableInX12()
  lastName!: string;

  @ApiPropertyOptional(civilDate)
  @Optional()
  @IsCivilDate()
  birthDate?: string;
}

class PayerChoiceDto {
  @ApiPropertyOptional({ description: 'An id from GET /v1/payers' })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(60)
  id?: string;

  @ApiPropertyOptional({ description: 'The name on the card, when no id is known' })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(120)
  name?: string;
}

class CoverageDto {
  @ApiPropertyOptional({ enum: ['primary', 'secondary', 'tertiary'] })
  @Optional()
  @IsIn(['primary', 'secondary', 'tertiary'])
  order?: 'primary' | 'secondary' | 'tertiary';

  @ApiProperty({ type: PayerChoiceDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PayerChoiceDto)
  payer!: PayerChoiceDto;

  @ApiPropertyOptional({ maxLength: 80 })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(80)
  @IsSayableInX12()
  memberId?: string;

  @ApiPropertyOptional({ maxLength: 50 })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(50)
  @IsSayableInX12()
  groupNumber?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @Optional()
  @IsString()
  @MaxLength(100)
  planName?: string;
}

class ProgramChoiceDto {
  @ApiProperty({ description: 'An id from GET /v1/programs' })
  @IsDefined()
  @IsString()
  @IsFilled()
  @MaxLength(60)
  id!: string;
}

class PendingClaimsDto {
  @ApiPropertyOptional({ minimum: 0, maximum: mostCents })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(mostCents)
  deductibleCents?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: mostCents })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(mostCents)
  outOfPocketCents?: number;
}

class ScreeningDto {
  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  withdrawalRisk?: boolean;

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  needs24HourCare?: boolean;

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  unsafeHome?: boolean;
}

class AdmissionDto {
  @ApiPropertyOptional({ ...civilDate, example: '2027-01-04', description: 'Default: today at the facility' })
  @Optional()
  @IsCivilDate()
  startDate?: string;

  @ApiPropertyOptional({ enum: ['sud', 'mh', 'dual'], description: "Default: the program's" })
  @Optional()
  @IsIn(['sud', 'mh', 'dual'])
  track?: 'sud' | 'mh' | 'dual';

  @ApiPropertyOptional({
    enum: ['in', 'out', 'unknown'],
    description: 'Default: in where the facility has contract rates with the payer',
  })
  @Optional()
  @IsIn(['in', 'out', 'unknown'])
  network?: 'in' | 'out' | 'unknown';

  @ApiPropertyOptional({ enum: ['detox', 'residential', 'inpatient', 'php'] })
  @Optional()
  @IsIn(['detox', 'residential', 'inpatient', 'php'])
  steppingDownFrom?: 'detox' | 'residential' | 'inpatient' | 'php';

  @ApiPropertyOptional({ type: PendingClaimsDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => PendingClaimsDto)
  pendingClaims?: PendingClaimsDto;

  @ApiPropertyOptional({ type: ScreeningDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ScreeningDto)
  screening?: ScreeningDto;
}

class Part2ConsentDto {
  @ApiProperty(civilDate)
  @IsDefined()
  @IsCivilDate()
  signedOn!: string;

  @ApiPropertyOptional(civilDate)
  @Optional()
  @IsCivilDate()
  expiresOn?: string;

  @ApiProperty({ enum: ['treatment_payment_operations', 'this_payer'] })
  @IsDefined()
  @IsIn(['treatment_payment_operations', 'this_payer'])
  scope!: 'treatment_payment_operations' | 'this_payer';

  @ApiPropertyOptional({ description: 'What may be disclosed, as the form says', maxLength: 500 })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(500)
  information?: string;

  @ApiPropertyOptional({ description: 'To whom, as the form says', maxLength: 500 })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(500)
  recipient?: string;

  @ApiPropertyOptional({ description: 'What for, as the form says', maxLength: 500 })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(500)
  purpose?: string;

  @ApiPropertyOptional({ enum: ['paper', 'electronic'] })
  @Optional()
  @IsIn(['paper', 'electronic'])
  signedHow?: 'paper' | 'electronic';

  @ApiPropertyOptional({ enum: ['patient', 'parent_or_guardian', 'personal_representative'] })
  @Optional()
  @IsIn(['patient', 'parent_or_guardian', 'personal_representative'])
  signedBy?: 'patient' | 'parent_or_guardian' | 'personal_representative';
}

export class ConsentDto {
  @ApiProperty({ type: Part2ConsentDto, description: '42 CFR Part 2' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => Part2ConsentDto)
  part2!: Part2ConsentDto;
}

/** The body of `POST /v1/verifications`, and of an intake website's `data`. */
export class VerificationRequestDto {
  @ApiProperty({ type: PatientDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PatientDto)
  patient!: PatientDto;

  @ApiPropertyOptional({ type: SubscriberDto, description: 'Needed unless the relationship is self' })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => SubscriberDto)
  subscriber?: SubscriberDto;

  @ApiProperty({ type: [CoverageDto], minItems: 1, maxItems: 3 })
  @IsDefined()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CoverageDto)
  coverages!: CoverageDto[];

  @ApiProperty({ type: ProgramChoiceDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ProgramChoiceDto)
  program!: ProgramChoiceDto;

  @ApiPropertyOptional({ type: AdmissionDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => AdmissionDto)
  admission?: AdmissionDto;

  @ApiPropertyOptional({ type: ConsentDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentDto)
  consent?: ConsentDto;

  @ApiPropertyOptional({ enum: ['caller_waiting', 'today', 'routine'] })
  @Optional()
  @IsIn(['caller_waiting', 'today', 'routine'])
  priority?: 'caller_waiting' | 'today' | 'routine';

  @ApiPropertyOptional({ format: 'date-time' })
  @Optional()
  @IsInstant()
  neededBy?: string;

  @ApiPropertyOptional({ maxLength: 100, description: "The caller's own id for this request" })
  @Optional()
  @IsString()
  @IsFilled()
  @MaxLength(100)
  reference?: string;
}
