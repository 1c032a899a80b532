import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { errorFields, type Log, newId, Problem, type ProblemCode } from '@openvob/platform';
import { isDatabaseAway } from '@openvob/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bareHeaders } from './response-headers';

const mediaType = 'application/problem+json; charset=utf-8';

const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  // An id longer than any of ours belongs to nothing.
  414: 'not_found',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** Turns everything thrown into problem details (RFC 9457). What is unexpected is logged without its message and told as 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = asProblem(error);
    if (problem.status >= 500)
      this.log.error('request.failed', { traceId: request.id, route: request.routeOptions.url, ...errorFields(error) });
    sendProblem(http.getResponse<FastifyReply>(), problem, request.id);
  }
}

/** Answers what is not even HTTP, on the bare connection. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem('malformed_request');
  const body = JSON.stringify(bodyOf(problem, newId('trc', new Date())));
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: ${mediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${bareHeaders()}Connection: close\r\n\r\n`;
  socket.end(head + body);
}

/** Writes problem details; they echo no value that was sent. */
export function sendProblem(reply: FastifyReply, problem: Problem, traceId: string): void {
  const { retryAfterSeconds } = problem.options;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  if (problem.status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer');
  if (problem.status === 405 && !reply.hasHeader('allow')) reply.header('allow', 'GET');
  reply
    .status(problem.status)
    .header('content-type', mediaType)
    .send(JSON.stringify(bodyOf(problem, traceId)));
}

function bodyOf({ code, title, status, options }: Problem, traceId: string): object {
  const { detail, fields } = options;
  const type = `urn:openvob:problem:${code}`;
  return { type, title, status, code, traceId, ...(detail ? { detail } : {}), ...(fields ? { errors: fields } : {}) };
}

/** Our own refusals as they are; the framework's by their status; a database that is away may be back in a moment; anything else is an internal error. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return databaseAway();
  const status = statusOf(error);
  return new Problem(codesByStatus[status] ?? (status >= 400 && status < 500 ? 'malformed_request' : 'internal_error'));
}

export function databaseAway(): Problem {
  return new Problem('unavailable', { detail: 'The database does not answer.', retryAfterSeconds: 5 });
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
