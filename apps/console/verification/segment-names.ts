import { type Element, elementsOf } from './segment-words';

type Names = Readonly<Record<string, string>>;

interface SegmentWords {
  readonly name: string;
  /** Elements by their position, with the codes that they hold. */
  readonly elements?: readonly (readonly [position: number, name: string, codes?: Names])[];
}

const who: Names = {
  '03': 'dependent',
  '13': 'contracted provider',
  '1I': 'preferred provider organization',
  '1P': 'provider',
  '2B': 'third-party administrator',
  '36': 'employer',
  '73': 'other physician',
  FA: 'facility',
  GP: 'gateway',
  GW: 'group',
  I3: 'independent practice association',
  IL: 'insured person',
  LR: 'legal representative',
  OC: 'origin carrier',
  P3: 'primary care provider',
  P4: 'prior insurance carrier',
  P5: 'plan sponsor',
  PR: 'payer',
  PRP: 'primary payer',
  SEP: 'secondary payer',
  TTP: 'tertiary payer',
  VN: 'vendor',
  VER: 'party performing verification',
  X3: 'utilization management organization',
};

const dates: Names = {
  '096': 'discharge',
  102: 'issued',
  152: 'effective date of change',
  193: 'period begins',
  194: 'period ends',
  198: 'completed',
  290: 'coordination of benefits',
  291: 'plan',
  292: 'benefit',
  295: 'primary care provider',
  304: 'latest visit',
  307: 'eligibility',
  318: 'added',
  340: 'COBRA begins',
  341: 'COBRA ends',
  342: 'premium paid until, begins',
  343: 'premium paid until',
  346: 'plan begins',
  347: 'plan ends',
  348: 'benefit begins',
  349: 'benefit ends',
  356: 'eligibility begins',
  357: 'eligibility ends',
  382: 'enrolled',
  435: 'admission',
  442: 'death',
  458: 'certified',
  472: 'service',
  539: 'policy effective',
  540: 'policy expires',
  636: 'last update',
  771: 'status',
};

const references: Names = {
  '18': 'plan number',
  '1L': 'policy or group number',
  '1W': 'member id',
  '3H': 'case number',
  '49': 'family unit number',
  '6P': 'group number',
  A6: 'employee number',
  CE: 'class of contract',
  CT: 'contract number',
  EA: 'medical record number',
  EJ: 'patient account number',
  F6: 'Medicare number',
  GH: 'card serial number',
  HJ: 'identity card number',
  HPI: 'NPI',
  IF: 'issue number',
  IG: 'insurance policy number',
  ML: 'military rank',
  N6: 'network number',
  NQ: 'Medicaid number',
  Q4: 'former number',
  SY: 'Social Security number',
  TJ: 'taxpayer number',
  Y4: 'agency claim number',
};

const sexes: Names = { F: 'female', M: 'male', U: 'unknown' };
const yesNo: Names = { Y: 'yes', N: 'no' };
const levels: Names = { 20: 'payer', 21: 'who asks', 22: 'insured person', 23: 'dependent' };
const relationships: Names = {
  '01': 'spouse',
  18: 'the insured person',
  19: 'child',
  21: 'unknown',
  34: 'other adult',
  39: 'organ donor',
  53: 'life partner',
  G8: 'other',
};
const rejections: Names = {
  15: 'data are missing',
  33: 'input error',
  35: 'outside of the network',
  41: 'not allowed to ask',
  42: 'the payer cannot answer at the moment',
  43: 'provider id is wrong or missing',
  45: 'provider specialty is wrong or missing',
  51: 'provider is not on file',
  52: 'service dates are not within the provider’s enrollment',
  53: 'inquired about more than can be answered',
  56: 'date is unsuitable',
  57: 'date is wrong or missing',
  58: 'birth date is wrong or missing',
  60: 'birth date is after the service',
  61: 'death before the service',
  62: 'date is outside of the period that is answered for',
  63: 'date is in the future',
  64: 'member id is wrong or missing',
  65: 'name is wrong or missing',
  67: 'patient is not found',
  71: 'birth date does not match',
  72: 'member id is wrong or missing',
  73: 'name is wrong or missing',
  75: 'insured person is not found',
  76: 'member id is found twice',
  78: 'insured person is not in the group',
  79: 'participant id is wrong',
  80: 'no answer: the transaction failed',
};
const followUps: Names = {
  C: 'correct and send again',
  N: 'do not send again',
  P: 'send the original again',
  R: 'may be sent again',
  S: 'do not send again; it is looked into',
  W: 'wait 30 days and send again',
  X: 'wait 10 days and send again',
  Y: 'wait; it is answered later',
};
const quantities: Names = { DY: 'days', HS: 'hours', MN: 'months', VS: 'visits', P6: 'services' };
const contacts: Names = { TE: 'telephone', FX: 'fax', EM: 'e-mail', UR: 'web site', WP: 'telephone at work' };

const segments: Readonly<Record<string, SegmentWords>> = {
  ISA: {
    name: 'The envelope begins',
    elements: [
      [6, 'From'],
      [8, 'To'],
      [13, 'Number'],
    ],
  },
  IEA: { name: 'The envelope ends' },
  GS: {
    name: 'A group of messages begins',
    elements: [
      [2, 'From'],
      [3, 'To'],
      [8, 'Guide'],
    ],
  },
  GE: { name: 'The group ends' },
  ST: {
    name: 'The message begins',
    elements: [
      [1, 'Kind', { 270: 'question about eligibility', 271: 'answer about eligibility' }],
      [2, 'Number'],
    ],
  },
  SE: { name: 'The message ends' },
  BHT: {
    name: 'About the message',
    elements: [
      [3, 'Reference'],
      [4, 'Written on'],
    ],
  },
  HL: { name: 'From here on it is about', elements: [[3, 'Level', levels]] },
  TRN: {
    name: 'Number to find the question by',
    elements: [
      [2, 'Number'],
      [3, 'Given by'],
    ],
  },
  NM1: {
    name: 'Who',
    elements: [
      [1, 'As', who],
      [3, 'Name'],
      [4, 'First name'],
      [5, 'Middle name'],
      [9, 'Id'],
    ],
  },
  N3: {
    name: 'Street',
    elements: [
      [1, 'Street'],
      [2, 'Addition'],
    ],
  },
  N4: {
    name: 'Place',
    elements: [
      [1, 'City'],
      [2, 'State'],
      [3, 'ZIP code'],
    ],
  },
  PER: {
    name: 'Whom to ask',
    elements: [
      [2, 'Name'],
      [3, 'By', contacts],
      [4, 'Number or address'],
      [5, 'Or by', contacts],
      [6, 'Number or address'],
    ],
  },
  PRV: { name: 'About the provider', elements: [[3, 'Specialty']] },
  DMG: {
    name: 'About the person',
    elements: [
      [2, 'Born on'],
      [3, 'Sex', sexes],
    ],
  },
  INS: {
    name: 'Relation to the insured person',
    elements: [
      [1, 'Is the insured person', yesNo],
      [2, 'Is', relationships],
    ],
  },
  REF: {
    name: 'A number',
    elements: [
      [1, 'Kind', references],
      [2, 'Number'],
      [3, 'In words'],
    ],
  },
  DTP: {
    name: 'A date',
    elements: [
      [1, 'Of what', dates],
      [3, 'Date'],
    ],
  },
  AAA: {
    name: 'Turned away',
    elements: [
      [1, 'Could be read', yesNo],
      [3, 'Why', rejections],
      [4, 'What next', followUps],
    ],
  },
  HSD: {
    name: 'How much, how often',
    elements: [
      [1, 'Of', quantities],
      [2, 'How many'],
      [5, 'Period'],
      [6, 'Periods'],
    ],
  },
  III: { name: 'Where it holds', elements: [[2, 'Place of service']] },
  MSG: { name: 'In the payer’s words', elements: [[1, 'Message']] },
  LS: { name: 'Further names begin' },
  LE: { name: 'Further names end' },
  MPI: { name: 'Military service' },
  TA1: { name: 'Receipt of the envelope' },
};

/** What a segment of a 271 is, and its elements in words; one that the guide does not know is told as such. */
export function meaningOf(raw: string): { readonly name: string; readonly elements: readonly Element[] } {
  const [, id = '', separator = '*'] = /^([A-Z][A-Z0-9]{1,2})(.)?/.exec(raw) ?? [];
  if (id === 'EB') return { name: 'A benefit', elements: elementsOf(raw) ?? [] };
  const words = segments[id];
  if (!words) return { name: 'Not of this kind of message', elements: [] };
  const parts = raw.split(separator);
  const elements = (words.elements ?? []).flatMap(([position, name, codes]) => {
    const code = (parts[position] ?? '').trim();
    if (code === '') return [];
    return [{ name, code, means: codes?.[code] ?? dateIn(code, name) ?? code }];
  });
  return { name: words.name, elements };
}

/** `20260102` and `20260101-20261231` as dates are written. */
function dateIn(code: string, name: string): string | undefined {
  if (!/^(?:Date|Born on|Written on)$/.test(name) || !/^\d{8}(?:-\d{8})?$/.test(code)) return undefined;
  return code
    .split('-')
    .map((one) => `${one.slice(0, 4)}-${one.slice(4, 6)}-${one.slice(6)}`)
    .join(' to ');
}
