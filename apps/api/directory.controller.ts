import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { ProgramCatalog, StoredPayerDirectory } from '@openvob/store';
import { AllowRoles, Caller } from './access.guard';
import { cursorOf, readCursor } from './cursor';
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
    const [name, id] = cursor === undefined ? [] : readCursor(cursor, 2);
    const after = name !== undefined && id !== undefined ? { name, id } : undefined;
    const items = await this.payers.search(text, pageSize, after);
    const last = items.at(-1);
    const more = text.trim() === '' && items.length === pageSize && last;
    return { items, ...(more ? { nextCursor: cursorOf([last.name, last.id]) } : {}) };
  }

  @Get('programs')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'The programs of the facility' })
  @ApiResponse({ status: 200, type: ProgramsDto })
  async listPrograms(@Caller() caller: Principal): Promise<object> {
    return { items: await this.programs.list(caller.facilityId) };
  }
}
