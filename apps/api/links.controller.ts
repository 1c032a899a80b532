import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { emailAddress, Links, line, needsPassword, optional, readFields, secretText } from '@openvob/access';
import type { FastifyRequest } from 'fastify';
import { PublicRoute } from './access.guard';
import { AskResetDto, LinkDto, ReadLinkDto, UseLinkDto } from './people.dto';
import { ProblemDto } from './verification.dto';

@ApiTags('Session')
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class LinksController {
  constructor(@Inject(Links) private readonly links: Links) {}

  @Post('password-resets')
  @HttpCode(202)
  @PublicRoute('whoever forgot a password cannot sign in', { session: 'begin' })
  @ApiOperation({
    summary: 'Ask for a link to set a new password',
    description: 'Sent by mail where there is such an account; the answer is the same where there is none.',
  })
  @ApiBody({ type: AskResetDto })
  @ApiResponse({ status: 202 })
  askReset(@Body() body: unknown, @Req() { ip }: FastifyRequest): object {
    const { email } = readFields(body, { email: emailAddress });
    this.links.askReset(email, ip);
    return {};
  }

  @Post('links/read')
  @HttpCode(200)
  @PublicRoute('the secret of the link admits', { session: 'begin' })
  @ApiOperation({ summary: 'What a link from a mail is for', description: '410 once it was used or has expired.' })
  @ApiBody({ type: ReadLinkDto })
  @ApiResponse({ status: 200, type: LinkDto })
  async read(@Body() body: unknown): Promise<object> {
    const { token } = readFields(body, { token: secretText });
    const link = await this.links.read(token);
    const { kind, email, name, facilityName, expiresAt } = link;
    const facility = facilityName ? { facility: facilityName } : {};
    return { kind, email, name, ...facility, needsPassword: needsPassword(link), expiresAt: expiresAt.toISOString() };
  }

  @Post('links/use')
  @HttpCode(204)
  @PublicRoute('the secret of the link admits', { session: 'begin' })
  @ApiOperation({
    summary: 'Accept an invitation, or set a new password',
    description: 'Works once. A new password ends all sessions; sign in with it.',
  })
  @ApiBody({ type: UseLinkDto })
  @ApiResponse({ status: 204 })
  async use(@Body() body: unknown): Promise<void> {
    const { token, ...given } = readFields(body, {
      token: secretText,
      password: optional(secretText),
      name: optional(line(80)),
    });
    await this.links.use(token, given);
  }
}
