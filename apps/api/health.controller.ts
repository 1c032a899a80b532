import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PublicRoute } from './access.guard';
import { databaseAway } from './problem.filter';
import { Readiness } from './readiness';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  @PublicRoute('asked by the platform that keeps the process running')
  @ApiOperation({ summary: 'The process runs' })
  @ApiResponse({ status: 200 })
  live(): object {
    return { status: 'ok' };
  }

  @Get('ready')
  @PublicRoute('asked by load balancers; tells states, no data')
  @ApiOperation({
    summary: 'Requests can be taken: the database answers; and whether jobs come out of the queue',
    description: '`status` is `degraded` when they do not: requests are taken all the same, and done later.',
  })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 503 })
  async ready(): Promise<object> {
    const found = await this.readiness.check();
    if (found.checks.database !== 'ok') throw databaseAway();
    return { status: found.checks.queue === 'ok' ? 'ok' : 'degraded', ...found };
  }
}
