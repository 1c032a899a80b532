import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Clock, systemClock } from '@openvob/platform';
import { Answering, type Decided } from './answering';
import { control } from './control';
import { deliver } from './deliver';
import { Doors } from './doors';
import { FaultRules } from './faults/fault-rules';
import { spoilReply } from './faults/http-faults';
import { InFlight, type Visit } from './in-flight';
import { memberIdOf } from './inquiry';
import { Ledger } from './ledger';
import { MemberFiles } from './member-files';
import { simulatorPage } from './page';
import { jsonReply, type Reply, reply } from './reply';
import { makeSelfSigned } from './self-signed';
import { StediFront, stediEndpoint } from './stedi/front';
import { readX12Request } from './x12-front';

export interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Folder of 271 files by member id; made when it is not there. */
  readonly folder?: string;
  /** File to which every inquiry is appended as a line of JSON, on the disk before it is answered. */
  readonly ledgerFile?: string;
  readonly clock?: Clock;
  /** A second way in, over HTTPS with a certificate that nobody vouches for; 0 takes any free port. */
  readonly tlsPort?: number;
}

export interface RunningSimulator {
  readonly url: string;
  /** The way in over HTTPS, and its certificate for those who want to trust it all the same. */
  readonly tls?: { readonly url: string; readonly certificate: string };
  /** Sockets that callers hold open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const largestBody = 4 * 1024 * 1024;

/** Starts payers that can be asked over HTTP. Resolves when they listen. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  if (options.folder !== undefined) await mkdir(options.folder, { recursive: true });
  const ledger = await Ledger.open(options.ledgerFile);
  const simulator = new Simulator(ledger, options);
  const serve = (request: IncomingMessage, response: ServerResponse) => void simulator.serve(request, response);
  const { host, port, tlsPort } = options;
  const tls = tlsPort === undefined ? undefined : makeSelfSigned((options.clock ?? systemClock).now());
  const secure =
    tls === undefined
      ? []
      : [{ server: createTlsServer({ cert: tls.certificate, key: tls.key }, serve), port: tlsPort ?? 0 }];
  const doors = await Doors.open([{ server: createServer(serve), port }, ...secure], host);
  simulator.shutFor = (ms) => doors.shutFor(ms);
  const [address, tlsAddress] = doors.addresses();
  return {
    url: `http://${address}`,
    ...(tls === undefined ? {} : { tls: { url: `https://${tlsAddress}`, certificate: tls.certificate } }),
    connections: () => doors.connections(),
    close: async () => {
      await doors.close();
      await ledger.close();
    },
  };
}

class Simulator {
  readonly rules = new FaultRules();
  readonly files: MemberFiles;
  /** Refuses every connection for so long; given once it listens. */
  shutFor: (ms: number) => void = () => undefined;
  private readonly clock: Clock;
  private readonly answering: Answering;
  private readonly stedi: StediFront;
  private readonly inFlight = new InFlight();
  private readonly visits = new AsyncLocalStorage<Visit>();

  constructor(
    readonly ledger: Ledger,
    options: SimulatorOptions,
  ) {
    this.files = new MemberFiles(options.folder);
    this.clock = options.clock ?? systemClock;
    this.answering = new Answering({ files: this.files, rules: this.rules, clock: this.clock });
    this.stedi = new StediFront({
      answering: this.answering,
      record: (protocol, decided) => this.record(protocol, decided),
    });
  }

  serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.inFlight.begin(response);
    return this.visits.run(visit, () => this.answer(request, response));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await bodyOf(request);
      deliver(
        response,
        body === undefined ? jsonReply(413, { error: 'body too large' }) : await this.route(request, body),
      );
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      deliver(response, jsonReply(500, { error: error instanceof Error ? error.message : 'unknown' }));
    }
  }

  private async route(request: IncomingMessage, body: string): Promise<Reply> {
    const method = request.method ?? 'GET';
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://simulator');
    if (path.startsWith('/control/')) return control({ method, path, query, body }, this);
    if (method === 'GET' && path === '/health') return jsonReply(200, { status: 'ok' });
    if (method === 'GET' && path === '/') {
      return reply(200, 'text/html; charset=utf-8', simulatorPage(await this.files.memberIds()));
    }
    if (method === 'POST' && /^\/x12(?:\/|$)/.test(path)) return this.x12(body, request.headers);
    const endpoint = method === 'POST' ? stediEndpoint(path) : undefined;
    if (endpoint !== undefined) return this.stedi.serve(endpoint, body, request.headers);
    return jsonReply(404, { error: `nothing at ${method} ${path}` });
  }

  private async x12(body: string, headers: IncomingHttpHeaders): Promise<Reply> {
    const request = readX12Request(body, headers, this.clock);
    if (request.kind === 'refused') {
      await this.record(request.protocol, request);
      return request.reply;
    }
    const decided = await this.answering.decide(request.x12);
    await this.record(request.protocol, decided);
    const refused = decided.faults.find((fault) => fault.kind === 'envelope_error');
    const good =
      refused === undefined ? request.wrap(await this.answering.inTurn(decided)) : request.refuse(refused.code);
    return decided.faults.reduce((spoiled, fault) => spoilReply(fault, spoiled), good);
  }

  private async record(protocol: string, { inquiry, as }: Pick<Decided, 'inquiry' | 'as'>): Promise<void> {
    const memberId = inquiry === undefined ? undefined : memberIdOf(inquiry);
    await this.ledger.record({
      at: this.clock.now().toISOString(),
      protocol,
      ...(inquiry?.trace === undefined ? {} : { trace: inquiry.trace }),
      ...(inquiry?.payer.id === undefined ? {} : { payerId: inquiry.payer.id }),
      ...(memberId === undefined ? {} : { memberId }),
      serviceTypes: inquiry?.serviceTypes ?? [],
      inFlight: this.inFlight.count(this.visits.getStore(), inquiry?.payer.id),
      answered: as,
    });
  }
}

/** A body above the cap is read to its end, so that its sender gets to read the answer, and thrown away. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  return length > largestBody ? undefined : Buffer.concat(chunks).toString('utf8');
}
