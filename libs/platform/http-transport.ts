import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

type Args = Parameters<typeof tlsRequest>;

/** Node's own way to send, which also tells whether a request ever had a connection that stood. */
export interface WatchedTransport {
  readonly request: (options: Args[1], onResponse: Args[2]) => ClientRequest;
  /** Bytes of the request may have left: TCP stood, and TLS where it is spoken. */
  stood(): boolean;
}

/** Sockets that have stood once: they are used again by other requests. */
const standing = new WeakSet<Socket>();

/** A transport of one request. */
export function watchedTransport(url: string): WatchedTransport {
  const request = /^https:/i.test(url) ? tlsRequest : plainRequest;
  let hasStood = false;
  return {
    request: (options, onResponse) => {
      const sent = request(options as never, onResponse);
      sent.once('socket', (socket) => onceStanding(socket, () => (hasStood = true)));
      return sent;
    },
    stood: () => hasStood,
  };
}

function onceStanding(socket: Socket, then: () => void): void {
  const stands = (): void => {
    standing.add(socket);
    then();
  };
  if (standing.has(socket)) stands();
  else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', stands);
}
