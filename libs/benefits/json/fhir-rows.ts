import { codeTable } from '../code-table';
import { given } from '../given';
import type { Source } from '../snapshot';
import type { StatedDate, StatedRow, StatedText } from '../statement';
import { BENEFIT_CODES, codeOfName } from './code-names';
import { codingOf, conceptText } from './fhir-resources';
import type { JsonNode } from './json-node';

/** Codes of benefit-type and of its US neighbours as EB01. `benefit` is the most that the plan pays. */
const TYPES = codeTable<string>({
  benefit: 'F',
  copay: 'B',
  'copay-maximum': 'B',
  'copay-percent': 'A',
  coinsurance: 'A',
  deductible: 'C',
  'out-of-pocket': 'G',
  'out-of-pocket-maximum': 'G',
  oop: 'G',
  room: 'F',
  visit: 'F',
});

/** ex-benefitcategory beyond the codes that it shares with code list 1365. */
const CATEGORIES = codeTable<string>({ F1: '1', F2: '5', F3: '35', F4: '71', F5: '42', F6: 'AL' });

const NETWORKS = codeTable<string>({ in: 'Y', out: 'N' });
const UNITS = codeTable<string>({ individual: 'IND', family: 'FAM' });
const TERMS = codeTable<string>({ annual: '21', day: '7', lifetime: '32' });
/** Systems of procedure codes: HCPCS and CPT. */
const PROCEDURE_SYSTEM = /hcpcs|\/cpt$|cpt|HCPCS/i;

/** What the rows of one item share. */
type Head = Omit<StatedRow, 'source' | 'code' | 'period'> & { readonly term?: string };

/**
 * Coverage of one `insurance` entry as a row on the plan: `inforce` says active or inactive, `benefitPeriod` when.
 *
 * @param names what the coverage is called, if anything.
 */
export function statedInforce(insurance: JsonNode, names: { plan?: string }): StatedRow[] {
  const inforce = insurance.get('inforce');
  if (typeof inforce.value !== 'boolean') return [];
  return [
    {
      ...emptyHead(),
      ...given(names),
      source: inforce.source,
      code: inforce.value ? '1' : '6',
      dates: periodOf(insurance),
    },
  ];
}

/** One `insurance.item`: an exclusion, an authorization, and a row for each figure of each benefit. */
export function statedItem(item: JsonNode, insurance: JsonNode): StatedRow[] {
  const { term, ...head } = headOf(item, insurance);
  if (item.get('excluded').value === true)
    return [{ ...head, source: item.source, code: 'E', messages: describing(item) }];
  const benefits = item.list('benefit').flatMap((benefit) => statedBenefit(benefit, { ...head, ...given({ term }) }));
  if (benefits.length > 0) return benefits;
  return head.authorization === undefined ? [] : [{ ...head, source: item.source, code: 'D' }];
}

function headOf(item: JsonNode, insurance: JsonNode): Head {
  const required = item.get('authorizationRequired').value;
  const { code: product, system } = codingOf(item.get('productOrService'));
  const isProcedure = product !== undefined && PROCEDURE_SYSTEM.test(system ?? '');
  return {
    ...emptyHead(),
    serviceTypes: serviceTypesOf(item, isProcedure ? undefined : product),
    ...given({
      level: levelOf(item),
      network: NETWORKS[codingOf(item.get('network')).code ?? ''],
      term: TERMS[codingOf(item.get('term')).code ?? ''],
      procedure: isProcedure ? product : undefined,
      authorization: typeof required === 'boolean' ? (required ? 'Y' : 'N') : undefined,
    }),
    dates: periodOf(insurance),
  };
}

/** The category; a product or service that is no procedure code is a service type too. */
function serviceTypesOf(item: JsonNode, product: string | undefined): string[] {
  const category = codingOf(item.get('category')).code;
  const code = category ?? product;
  return code === undefined ? [] : [CATEGORIES[code] ?? code];
}

function levelOf(item: JsonNode): string | undefined {
  return UNITS[codingOf(item.get('unit')).code ?? ''] ?? UNITS[conceptText(item.get('unit'))?.toLowerCase() ?? ''];
}

/** What is allowed and what is used of one benefit are a row each, as they are in an EB segment. */
function statedBenefit(benefit: JsonNode, { term, ...head }: Head): StatedRow[] {
  const type = codingOf(benefit.get('type')).code;
  const code =
    TYPES[type ?? ''] ??
    codeOfName(conceptText(benefit.get('type'))?.replace(/\s*\(Incomplete.*\)$/, ''), BENEFIT_CODES);
  if (code === undefined) return [];
  const row = (part: 'allowed' | 'used', figure: Partial<StatedRow>): StatedRow => ({
    ...head,
    ...given({ period: part === 'used' ? '24' : term }),
    ...figure,
    source: figure.source ?? benefit.source,
    code,
  });
  const allowed = figureOf(benefit, 'allowed', { code, type });
  const used = figureOf(benefit, 'used', { code, type });
  if (allowed === undefined && used === undefined) return [row('allowed', {})];
  return [...(allowed ? [row('allowed', allowed)] : []), ...(used ? [row('used', used)] : [])];
}

type Figure = Partial<StatedRow> & { readonly source: Source };

function figureOf(
  benefit: JsonNode,
  part: 'allowed' | 'used',
  of: { code: string; type: string | undefined },
): Figure | undefined {
  const money = benefit.get(`${part}Money`);
  const number = benefit.get(`${part}UnsignedInt`);
  const text = benefit.get(`${part}String`);
  if (money.exists) return moneyFigure(money, of.type);
  if (number.exists) return countFigure(number, number.asText(), of);
  return text.exists
    ? countFigure(text, /^\s*\$?\s*(\d[\d,]*(?:\.\d+)?)\s*%?\s*$/.exec(text.asText() ?? '')?.[1]?.replace(/,/g, ''), of)
    : undefined;
}

function moneyFigure(money: JsonNode, type: string | undefined): Figure {
  const value = money.text('value');
  const figure = type === 'copay-maximum' ? { maximum: value } : { amount: value };
  return { ...given({ ...figure, currency: money.text('currency') }), source: money.source };
}

/** A number without unit is percent for coinsurance, visits or nights for a limit, and dollars for anything else. */
function countFigure(
  node: JsonNode,
  value: string | undefined,
  { code, type }: { code: string; type: string | undefined },
): Figure {
  if (value === undefined) return { source: node.source };
  if (code === 'A') return { percent: percentAsFraction(value), source: node.source };
  if (type === 'visit') return { quantityKind: 'VS', quantity: value, source: node.source };
  if (type === 'room') return { quantityKind: 'DY', quantity: value, source: node.source };
  return type === 'copay-maximum' ? { maximum: value, source: node.source } : { amount: value, source: node.source };
}

/** FHIR writes 20 for 20 %, an EB segment .2. */
function percentAsFraction(percent: string): string {
  if (Number(percent) > 100) return percent;
  const [whole = '', decimals = ''] = percent.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${decimals}`;
}

function periodOf(insurance: JsonNode): StatedDate[] {
  const period = insurance.get('benefitPeriod');
  const [start, end] = [period.text('start')?.slice(0, 10), period.text('end')?.slice(0, 10)];
  if (start !== undefined) {
    return [
      {
        qualifier: end === undefined ? '348' : '292',
        value: end === undefined ? start : `${start}-${end}`,
        source: period.source,
      },
    ];
  }
  return end === undefined ? [] : [{ qualifier: '349', value: end, source: period.source }];
}

function describing(item: JsonNode): StatedText[] {
  const node = item.get('description').exists ? item.get('description') : item.get('name');
  const text = node.asText();
  return text === undefined ? [] : [{ text, source: node.source }];
}

function emptyHead(): Omit<StatedRow, 'source' | 'code'> {
  return {
    serviceTypes: [],
    deliveries: [],
    dates: [],
    messages: [],
    placesOfService: [],
    references: [],
    entities: [],
  };
}
