import type { ServerResponse } from 'node:http';
import type { Reply } from './reply';

/** Sends a reply in the way it is to travel. What was asked for and never comes leaves nothing running behind it. */
export function deliver(response: ServerResponse, reply: Reply): void {
  if (reply.delayMs === 0) {
    send(response, reply);
    return;
  }
  const timer = setTimeout(() => send(response, reply), reply.delayMs);
  response.on('close', () => clearTimeout(timer));
}

function send(response: ServerResponse, { status, headers, body, delivery }: Reply): void {
  const bytes = Buffer.from(body);
  const all = { ...headers, 'content-length': String(bytes.length) };
  switch (delivery.kind) {
    case 'whole':
      response.writeHead(status, all).end(bytes);
      return;
    case 'silent':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(status, all).write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
      return;
    case 'drip':
      drip(response.writeHead(status, all), bytes, delivery.everyMs);
      return;
  }
}

function drip(response: ServerResponse, bytes: Buffer, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}
