import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ProblemDto } from './verification.dto';

/** What the description says of every route of a controller: where it stands, how callers show who they are, how a refusal looks. */
export function Described(tag: string, by: 'key or session' | 'session' = 'key or session'): ClassDecorator {
  const refusal = { status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto } as const;
  return applyDecorators(ApiTags(tag), by === 'session' ? ApiCookieAuth() : ApiBearerAuth(), ApiResponse(refusal));
}
