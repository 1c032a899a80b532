import { ApiProperty } from '@nestjs/swagger';

/** Classes that only describe bodies in the API description. */

export const attachmentKinds = ['card_front', 'card_back', 'consent', 'other'] as const;

export class AttachmentDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: attachmentKinds }) kind!: string;
  @ApiProperty({ example: 'image/jpeg' }) mediaType!: string;
  @ApiProperty({ type: 'integer' }) bytes!: number;
  @ApiProperty({ format: 'date-time' }) addedAt!: string;
  @ApiProperty({ description: 'Id of the person or key' }) addedBy!: string;
}

export class AttachmentsDto {
  @ApiProperty({ type: [AttachmentDto] }) items!: AttachmentDto[];
}
