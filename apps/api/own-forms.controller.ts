import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type FieldReader, line, type Principal, readFields } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import { Drafts, type Owner, SavedViews } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
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
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({ summary: 'Own saved views of the worklist' })
  @ApiResponse({ status: 200, type: ViewsDto })
  async list(@Caller() caller: Principal): Promise<object> {
    return { items: await this.views.list(ownerOf(caller)) };
  }

  @Post('views')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({ summary: 'Keep a view under a name', description: 'One of the same name is replaced.' })
  @ApiBody({ type: ViewBodyDto })
  @ApiResponse({ status: 201, type: ViewDto })
  keep(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    return this.views.put(ownerOf(caller), readFields(body, { name: line(60), filter }), this.clock.now());
  }

  @Delete('views/:id')
  @HttpCode(204)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'auditor', 'admin')
  @ApiOperation({ summary: 'Forget a view' })
  @ApiResponse({ status: 204 })
  async forget(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    if (!(await this.views.remove(ownerOf(caller), id))) throw new Problem('not_found');
  }

  @Get('drafts/:kind')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin')
  @ApiOperation({ summary: 'An own form that was not sent yet', description: 'Kept for seven days, encrypted.' })
  @ApiResponse({ status: 200, type: DraftDto })
  async read(@Caller() caller: Principal, @Param('kind') kind: string): Promise<object> {
    const draft = await this.drafts.read(ownerOf(caller), kindOf(kind), this.clock.now());
    if (!draft) throw new Problem('not_found');
    return { content: draft.content, savedAt: draft.savedAt.toISOString() };
  }

  @Put('drafts/:kind')
  @HttpCode(204)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin')
  @ApiOperation({ summary: 'Keep an own form as it stands' })
  @ApiBody({ type: DraftBodyDto })
  @ApiResponse({ status: 204 })
  save(@Caller() caller: Principal, @Param('kind') kind: string, @Body() body: unknown): Promise<void> {
    const { content } = readFields(body, { content: object });
    return this.drafts.save(ownerOf(caller), kindOf(kind), content, this.clock.now());
  }

  @Delete('drafts/:kind')
  @HttpCode(204)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin')
  @ApiOperation({ summary: 'Throw an own form away' })
  @ApiResponse({ status: 204 })
  remove(@Caller() caller: Principal, @Param('kind') kind: string): Promise<void> {
    return this.drafts.remove(ownerOf(caller), kindOf(kind));
  }
}

/** Keys are nobody's own: views and drafts are people's. */
function ownerOf(caller: Principal): Owner {
  if (caller.kind !== 'person') throw new Problem('forbidden', { detail: 'This is for people who signed in.' });
  return { facilityId: caller.facilityId, personId: caller.id };
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
