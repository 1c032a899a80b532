import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
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

function send(response: ServerResponse, { status, headers, body, delivery, whenSent }: Reply): void {
  const bytes = Buffer.from(body);
  const all = { ...headers, 'content-length': String(bytes.length) };
  switch (delivery.kind) {
    case 'whole':
      response.writeHead(status, all).end(bytes, whenSent);
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
    case 'slow_header':
      if (response.socket) drip(response.socket, wholeOf(status, all, bytes), delivery.everyMs);
      return;
    case 'twice':
      sendTwice(response, { status, all, bytes });
      return;
  }
}

/** A response as it stands on the wire. */
function wholeOf(status: number, headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Simulated\r\n${lines.join('')}\r\n`), body]);
}

function sendTwice(
  response: ServerResponse,
  sent: { status: number; all: Record<string, string>; bytes: Buffer },
): void {
  const { socket } = response;
  const again = wholeOf(sent.status, sent.all, sent.bytes);
  response.writeHead(sent.status, sent.all).end(sent.bytes, () => socket?.write(again));
}

/** One byte after the other, until all have gone or nobody is there any more. */
function drip(wire: Writable, bytes: Buffer, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    wire.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    wire.end();
  }, everyMs);
  wire.on('close', () => clearInterval(timer));
}
