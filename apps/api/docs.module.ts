import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeWebhooks } from './webhooks-description';

const description = `Insurance benefits verification for admissions to intensive outpatient programs.

Money is integer cents, dates are \`YYYY-MM-DD\`, instants ISO 8601 in UTC. A key that is left out means that nobody said; \`0\` means that it was said to be zero.
Errors are problem details (RFC 9457). An estimate is an estimate, never a promise.`;

/** The API description, generated from the code. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('OpenVOB')
    .setVersion('1')
    .setDescription(description)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key of your facility' });
  const webhooks = describeWebhooks() as NonNullable<OpenAPIObject['webhooks']>;
  return { ...SwaggerModule.createDocument(app, builder.build()), webhooks };
}

/** Serves `/openapi.json` and the pages at `/docs`. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'OpenVOB API',
    // The page hides its symbols by an attribute, which no policy worth its name lets through.
    customCss: 'body > svg { position: absolute; width: 0; height: 0 }',
  });
}
