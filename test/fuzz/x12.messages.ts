import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplesFolder } from '../setup/samples';

const LONGEST_SAMPLE = 20_000;

/** Published samples where they lie beside the checkout, and in any case messages of our own. */
export function messages(): string[] {
  const own = [ANSWER, REJECTION, ACKNOWLEDGEMENT, INTERCHANGE_ACKNOWLEDGEMENT];
  const folder = samplesFolder();
  if (folder === undefined) return own;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile() && !/\.(json|md)$/.test(file.name));
  const texts = paths.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
  return [...own, ...texts.map((text) => text.slice(0, LONGEST_SAMPLE))];
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
