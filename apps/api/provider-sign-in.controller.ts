import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { emailAddress, IdentityProviders, type OidcOutcome, OidcSignIn, readFields } from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicRoute } from './access.guard';
import { PendingSignIns } from './pending-sign-ins';
import { AskResetDto } from './people.dto';
import { givePending, giveSecrets, secretsOf, takePending } from './session-cookies';
import { originOf } from './session-view';
import { ProblemDto } from './verification.dto';

class ProviderNameDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

class ProviderNamesDto {
  @ApiProperty({ type: [ProviderNameDto] }) items!: ProviderNameDto[];
}

type Refused = Exclude<OidcOutcome['kind'], 'signed_in'>;

const sentences: Readonly<Record<Refused, string>> = {
  no_request: 'This sign-in took too long or began in another browser: begin again.',
  provider_down: 'Your log-in does not answer at the moment: try again in a few minutes.',
  not_believed: 'What your log-in said could not be verified, so that nobody was signed in: tell your administrator.',
  cancelled: 'Your log-in did not let you through.',
  not_invited: 'Nobody here goes by this account: ask your administrator for an invitation.',
};

@ApiTags('Session')
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/session/providers')
export class ProviderSignInController {
  constructor(
    @Inject(OidcSignIn) private readonly oidc: OidcSignIn,
    @Inject(IdentityProviders) private readonly providers: IdentityProviders,
    @Inject(PendingSignIns) private readonly pending: PendingSignIns,
  ) {}

  @Post()
  @HttpCode(200)
  @PublicRoute('whoever wants to sign in is told by what; an address’s domain decides', { session: 'begin' })
  @ApiOperation({
    summary: 'The OpenID providers that vouch for an address',
    description: 'Whether it has an account is not told.',
  })
  @ApiBody({ type: AskResetDto })
  @ApiResponse({ status: 200, type: ProviderNamesDto })
  async find(@Body() body: unknown): Promise<object> {
    const { email } = readFields(body, { email: emailAddress });
    return { items: await this.providers.forEmail(email) };
  }

  @Get(':id/start')
  @PublicRoute('signing in is how a session begins', { head: 'refused' })
  @ApiOperation({ summary: 'Go to an OpenID provider to sign in', description: 'For browsers: 303 to the provider.' })
  @ApiQuery({ name: 'returnTo', required: false, description: 'A path of ours to go to afterwards', example: '/' })
  @ApiResponse({ status: 303 })
  async start(
    @Param('id') id: string,
    @Query('returnTo') returnTo: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const begun = await this.oidc.begin(id, returnTo ?? '/');
    if (!begun && isPerson(request)) return toSignIn(reply, 'provider_down');
    if (!begun) throw new Problem('not_found', { detail: 'There is no such log-in, or it does not answer.' });
    givePending(reply, this.pending.seal(begun.pending));
    reply.status(303).header('location', begun.url).send();
  }

  @Get('callback')
  @PublicRoute('where a provider sends the browser back to', { head: 'refused' })
  @ApiOperation({
    summary: 'Come back from an OpenID provider',
    description: 'For browsers: 303 to our page, signed in; or back to the sign-in, which says why not.',
  })
  @ApiResponse({ status: 303 })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kept = this.pending.open(takePending(request, reply));
    const query = request.url.split('?')[1] ?? '';
    const outcome = await this.oidc.finish(kept, query, originOf(request, secretsOf(request).device));
    if (outcome.kind !== 'signed_in' && isPerson(request)) return toSignIn(reply, outcome.kind);
    if (outcome.kind !== 'signed_in') throw refusal(outcome.kind);
    giveSecrets(reply, outcome);
    reply.status(303).header('location', outcome.returnTo).send();
  }
}

/** Whoever looks at the answer is shown a page, not problem details. */
function isPerson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

function toSignIn(reply: FastifyReply, refused: Refused): void {
  reply.status(303).header('location', `/sign-in?refused=${refused}`).send();
}

function refusal(kind: Refused): Problem {
  const detail = sentences[kind];
  return kind === 'provider_down'
    ? new Problem('unavailable', { detail, retryAfterSeconds: 60 })
    : new Problem('unauthenticated', { detail });
}
