import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type FieldReader, line, readFields, type StoredSession } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import { Drafts, mostViews, type Owner, SavedViews } from '@openvob/store';
import { AllowSession, OwnSession } from './access.guard';
import { DraftBodyDto, DraftDto, ViewBodyDto, ViewDto, ViewsDto } from './own-forms.dto';
import { clockToken } from './tokens';
import { ProblemDto } from './verification.dto';

/** Filters that may be kept; what is searched for is about patients and may not. */
const filterNames = new Set(['status', 'payer', 'program', 'assignee', 'needs', 'due', 'open', 'sort']);
const longestValue = 120;
const kindShape = /^[a-z][a-z_]{0,30}(:[a-z0-9_]{1,60})?$/;

@ApiTags('Own views and drafts')
@ApiCookieAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class OwnFormsController {
  constructor(
    @Inject(SavedViews) private readonly views: SavedViews,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Get('views')
  @AllowSession()
  @ApiOperation({ summary: 'Own saved views of the worklist' })
  @ApiResponse({ status: 200, type: ViewsDto })
  async list(@OwnSession() session: StoredSession): Promise<object> {
    return { items: await this.views.list(ownerOf(session)) };
  }

  @Post('views')
  @AllowSession()
  @ApiOperation({ summary: 'Keep a view under a name', description: 'One of the same name is replaced.' })
  @ApiBody({ type: ViewBodyDto })
  @ApiResponse({ status: 201, type: ViewDto })
  async keep(@OwnSession() session: StoredSession, @Body() body: unknown): Promise<object> {
    const view = readFields(body, { name: line(60), filter });
    const kept = await this.views.put(ownerOf(session), view, this.clock.now());
    if (!kept) throw new Problem('wrong_state', { detail: `There are ${mostViews} views already: remove one first.` });
    return kept;
  }

  @Delete('views/:id')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Forget a view' })
  @ApiResponse({ status: 204 })
  async forget(@OwnSession() session: StoredSession, @Param('id') id: string): Promise<void> {
    if (!(await this.views.remove(ownerOf(session), id))) throw new Problem('not_found');
  }

  @Get('drafts/:kind')
  @AllowSession()
  @ApiOperation({
    summary: 'An own form that was not sent yet',
    description: 'Kept for seven days, encrypted; nothing in it when there is none.',
  })
  @ApiResponse({ status: 200, type: DraftDto })
  async read(@OwnSession() session: StoredSession, @Param('kind') kind: string): Promise<object> {
    const draft = await this.drafts.read(ownerOf(session), kindOf(kind), this.clock.now());
    return draft ? { content: draft.content, savedAt: draft.savedAt.toISOString() } : {};
  }

  @Put('drafts/:kind')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Keep an own form as it stands' })
  @ApiBody({ type: DraftBodyDto })
  @ApiResponse({ status: 204 })
  save(@OwnSession() session: StoredSession, @Param('kind') kind: string, @Body() body: unknown): Promise<void> {
    const { content } = readFields(body, { content: object });
    return this.drafts.save(ownerOf(session), kindOf(kind), content, this.clock.now());
  }

  @Delete('drafts/:kind')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Throw an own form away' })
  @ApiResponse({ status: 204 })
  remove(@OwnSession() session: StoredSession, @Param('kind') kind: string): Promise<void> {
    return this.drafts.remove(ownerOf(session), kindOf(kind), this.clock.now());
  }
}

/** Of one person in one facility. */
function ownerOf({ personId, facility }: StoredSession): Owner {
  if (!facility) throw new Problem('facility_not_chosen');
  return { facilityId: facility.id, personId };
}

function kindOf(kind: string): string {
  if (!kindShape.test(kind)) throw new Problem('not_found');
  return kind;
}

const object: FieldReader<object> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { value }
    : { fault: { code: 'wrong_type', detail: 'must be an object' } };

const filter: FieldReader<Record<string, string>> = (value) => {
  const read = object(value);
  if ('fault' in read) return read;
  const entries = Object.entries(read.value);
  const isUsable = entries.every(
    ([name, text]) => filterNames.has(name) && typeof text === 'string' && text.length <= longestValue,
  );
  return isUsable
    ? { value: read.value as Record<string, string> }
    : { fault: { code: 'unusable', detail: `must hold texts under ${[...filterNames].join(', ')} alone` } };
};
