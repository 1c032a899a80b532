import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { bearsToken, metricsContentType, Problem } from '@openvob/platform';
import type { FastifyReply } from 'fastify';
import { PublicRoute } from './access.guard';
import { ApiMetrics } from './ops-metrics';

@ApiTags('Operations')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(ApiMetrics) private readonly metrics: ApiMetrics) {}

  @Get()
  @PublicRoute('has a token of its own, METRICS_TOKEN')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Figures for Prometheus',
    description:
      'Read with METRICS_TOKEN, no API key; 404 when none is set. No label holds an id of a person or verification.',
  })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200 })
  async read(@Headers('authorization') authorization: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const { token } = this.metrics;
    if (token === undefined) throw new Problem('not_found');
    if (!bearsToken(authorization, token)) throw new Problem('unauthenticated');
    await reply.header('content-type', metricsContentType).send(await this.metrics.text());
  }
}
