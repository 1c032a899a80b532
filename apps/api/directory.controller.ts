import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { Problem } from '@openvob/platform';
import { type ListedPayer, ProgramCatalog, StoredPayerDirectory } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { PayersDto, ProgramsDto } from './verification.dto';

const pageSize = 50;
const longestSearch = 120;

@ApiTags('Directory')
@ApiBearerAuth()
@Controller('v1')
export class DirectoryController {
  constructor(
    @Inject(StoredPayerDirectory) private readonly payers: StoredPayerDirectory,
    @Inject(ProgramCatalog) private readonly programs: ProgramCatalog,
  ) {}

  @Get('payers')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine')
  @ApiOperation({
    summary: 'Find a payer',
    description:
      'By name (typing errors forgiven), alias, id or the beginning of a member id; without a search, all of them.',
  })
  @ApiQuery({ name: 'search', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiResponse({ status: 200, type: PayersDto })
  async findPayers(
    @Query('search') search: string | undefined,
    @Query('cursor') cursor: string | undefined,
  ): Promise<object> {
    const text = (typeof search === 'string' ? search : '').slice(0, longestSearch);
    const items = await this.payers.search(text, pageSize, cursor === undefined ? undefined : afterCursor(cursor));
    const last = items.at(-1);
    const more = text.trim() === '' && items.length === pageSize && last;
    return { items, ...(more ? { nextCursor: cursorOf(last) } : {}) };
  }

  @Get('programs')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The programs of the facility' })
  @ApiResponse({ status: 200, type: ProgramsDto })
  async listPrograms(@Caller() caller: Principal): Promise<object> {
    return { items: await this.programs.list(caller.facilityId) };
  }
}

function cursorOf(payer: ListedPayer): string {
  return Buffer.from(JSON.stringify([payer.name, payer.id])).toString('base64url');
}

function afterCursor(cursor: string): { name: string; id: string } {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof name === 'string' && typeof id === 'string') return { name, id };
  } catch {
    // Falls through to the refusal: a cursor that is not ours.
  }
  throw new Problem('malformed_request', { detail: 'cursor must be the nextCursor of an earlier page' });
}
