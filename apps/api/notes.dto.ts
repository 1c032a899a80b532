import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { longestNote } from '@openvob/intake';

export class NoteBodyDto {
  @ApiProperty({ maxLength: longestNote, example: 'The mother calls back at 4; the plan asks for the group number.' })
  text!: string;
}

export class NoteDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) writtenAt!: string;
  @ApiProperty({ example: 'person:per_…' }) writtenBy!: string;
  @ApiProperty() text!: string;
  @ApiPropertyOptional({ description: 'To whom it was handed over with these words' }) handedTo?: string;
}

export class NotesDto {
  @ApiProperty({ type: [NoteDto], description: 'Oldest first' }) items!: NoteDto[];
  @ApiPropertyOptional() nextCursor?: string;
}
