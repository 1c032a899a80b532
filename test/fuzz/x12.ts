import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkTransaction, createX12Stream, readAcknowledgements, readHierarchy, tryReadX12 } from '@openvob/x12';
import type { Measurement, MeasureOptions } from '../setup/measure';

const CASES = 20_000;
const SLOWEST_MS = 100;
const HEAP_MB = 256;
const LONGEST = 200_000;

/**
 * Reads messages spoilt at random: nothing may be thrown, nothing may take longer than 100 ms of processor time. An input that breaks this
 * is kept in a folder under the system's temporary folder, which is printed.
 */
export function run(options: MeasureOptions & { readonly seed?: number } = {}): Measurement[] {
  const count = options.count ?? CASES;
  const random = randomFrom(options.seed ?? 1);
  const corpus = messages();
  const findings = new Findings();
  let heap = 0;
  for (let at = 0; at < count; at++) {
    findings.try(spoil(pick(random, corpus), corpus, random));
    if (at % 256 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed / 2 ** 20);
  }
  return [
    { what: 'messages spoilt', value: count, unit: 'cases' },
    { what: 'of them read', value: findings.read, unit: 'cases' },
    { what: 'crashes', value: findings.crashes, unit: 'cases', goal: 'none', pass: findings.crashes === 0 },
    {
      what: 'slowest, of processor time',
      value: findings.slowest,
      unit: 'ms',
      goal: `at most ${SLOWEST_MS}`,
      pass: findings.slowest <= SLOWEST_MS,
    },
    { what: 'heap', value: heap, unit: 'MB', goal: `at most ${HEAP_MB}`, pass: heap <= HEAP_MB },
  ];
}

class Findings {
  crashes = 0;
  read = 0;
  slowest = 0;
  private folder: string | undefined;

  try(text: string): void {
    let ms = this.timed(text);
    // once more before an input is blamed for a compilation or a garbage collection
    if (ms > SLOWEST_MS) ms = Math.min(ms, this.timed(text));
    if (ms > SLOWEST_MS) this.keep(text, `${ms} ms`);
    this.slowest = Math.max(this.slowest, ms);
  }

  /** Processor time: what else the machine does in the meantime is not the input's fault. */
  private timed(text: string): number {
    const started = process.cpuUsage();
    try {
      if (readAll(text)) this.read++;
    } catch (error) {
      this.crashes++;
      this.keep(text, error);
    }
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  }

  private keep(text: string, why: unknown): void {
    this.folder ??= mkdtempSync(join(tmpdir(), 'x12-fuzz-'));
    const file = join(this.folder, `${readdirSync(this.folder).length}.x12`);
    writeFileSync(file, text);
    console.error(file, why);
  }
}

/** Everything that is ever done with a message. @returns false when the text was refused. */
function readAll(text: string): boolean {
  const result = tryReadX12(text);
  if (!result.ok) return false;
  for (const transaction of result.file.transactions) {
    readHierarchy(transaction);
    checkTransaction(transaction);
  }
  readAcknowledgements(result.file);
  const stream = createX12Stream();
  for (let at = 0; at < text.length; at += 4096) stream.push(text.slice(at, at + 4096));
  stream.end();
  for (const segment of result.file.segments) {
    segment.repetitions(3);
    segment.components(13);
  }
  return true;
}

type Random = () => number;
type Spoiler = (text: string, other: string, random: Random) => string;

const DELIMITERS = [...'*~:^|>}\n\r\u001d', '\r\n', 'A', '0', ' ', ''];
const WORDS = [
  'ISA',
  'GS*',
  'ST*271*',
  'SE*',
  'IEA*',
  'HL*',
  'EB*',
  'LS*2120',
  'NM1*',
  '~~~~',
  '\ufeff',
  '\u0000',
  '{',
  '<',
  '😀',
];

const SPOILERS: readonly Spoiler[] = [
  function flipBit(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(random, 8))) + text.slice(at + 1);
  },
  function cutEnd(text, _other, random) {
    return text.slice(0, below(random, text.length));
  },
  function cutMiddle(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + text.slice(at + below(random, 400));
  },
  function splice(text, other, random) {
    return text.slice(0, below(random, text.length)) + other.slice(below(random, other.length));
  },
  function swapDelimiter(text, _other, random) {
    return text.replaceAll(pick(random, ['*', '~', ':', '^', '|', '\n']), pick(random, DELIMITERS));
  },
  function floodDigits(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + '9'.repeat(below(random, 20_000)) + text.slice(at);
  },
  function repeatPart(text, _other, random) {
    const at = below(random, text.length);
    const part = text.slice(at, at + below(random, 120));
    return text.slice(0, at) + part.repeat(below(random, 200)) + text.slice(at);
  },
  function insertWord(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + pick(random, WORDS) + text.slice(at);
  },
  function shuffleSegments(text, _other, random) {
    const segments = text.split('~');
    const from = segments.splice(below(random, segments.length), 1 + below(random, 8));
    segments.splice(below(random, segments.length), 0, ...from);
    return segments.join('~');
  },
];

function spoil(message: string, corpus: readonly string[], random: Random): string {
  let text = message;
  for (let round = 1 + below(random, 4); round > 0; round--) {
    text = pick(random, SPOILERS)(text, pick(random, corpus), random).slice(0, LONGEST);
  }
  return text;
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[below(random, from.length)];
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}

/** Mulberry32: the same cases for the same seed. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Published samples where they lie beside the checkout, and in any case messages of our own. */
function messages(): string[] {
  const own = [ANSWER, REJECTION, ACKNOWLEDGEMENT, INTERCHANGE_ACKNOWLEDGEMENT];
  const folder = samplesFolder();
  if (folder === undefined) return own;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile() && !/\.(json|md)$/.test(file.name));
  const texts = paths.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
  return [...own, ...texts.map((text) => text.slice(0, LONGEST / 10))];
}

function samplesFolder(): string | undefined {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'samples', 'x12');
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}

const ISA =
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *261121*1000*^*00501*000000007*0*T*:~';

function interchange(kind: string, code: string, guide: string, body: readonly string[]): string {
  const transaction = [`ST*${kind}*0001*${guide}`, ...body, `SE*${body.length + 2}*0001`];
  const group = [`GS*${code}*PAYER*CENTER*20261121*1000*7*X*${guide}`, ...transaction, 'GE*1*7', 'IEA*1*000000007'];
  return `${ISA}${group.join('~')}~`;
}

const HEAD = [
  'BHT*0022*11*T1*20261121*1000',
  'HL*1**20*1',
  'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*12345',
  'HL*2*1*21*1',
  'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
  'HL*3*2*22*1',
  'NM1*IL*1*EXAMPLE*PAT****MI*W1',
];

const ANSWER = interchange('271', 'HB', '005010X279A1', [
  ...HEAD,
  'HL*4*3*23*0',
  'TRN*2*T1*9OPENVOB01',
  'NM1*03*1*EXAMPLE*KIM',
  'EB*1*IND*30^98^MH**GOLD PPO',
  'EB*C*IND*30***23*1500*****Y*HC:H0015',
  'HSD*VS*30***22',
  'DTP*292*RD8*20260101-20261231',
  'MSG*CALL FOR AUTHORIZATION',
  'III*ZZ*22',
  'LS*2120',
  'NM1*Y2*2*EXAMPLE BEHAVIORAL*****PI*99999',
  'PER*IC**TE*8005550100',
  'LE*2120',
]);
const REJECTION = interchange('271', 'HB', '005010X279A1', [...HEAD, 'AAA*N**75*C']);
const ACKNOWLEDGEMENT = interchange('999', 'FA', '005010X231A1', [
  'AK1*HS*7*005010X279A1',
  'AK2*270*0001*005010X279A1',
  'IK3*NM1*8*2100*8',
  'IK4*3:1*1035*6*BAD',
  'IK5*R*5',
  'AK9*R*1*1*0',
]);
const INTERCHANGE_ACKNOWLEDGEMENT = `${ISA}TA1*000000001*261121*1000*R*006~IEA*0*000000007~`;
