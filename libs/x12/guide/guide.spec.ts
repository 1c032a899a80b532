import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { INTERCHANGE_FAULTS } from '../acknowledgement-codes';
import { dataElement } from './data-elements';
import { GUIDE_270, GUIDE_271, GUIDE_999, guideBinds, guideFor, TA1 } from './index';
import { type ElementRule, isLoop, type LoopRule, openerOf, type SegmentRule } from './rule';

const GUIDES = [GUIDE_270, GUIDE_271, GUIDE_999];

function loopsOf(loop: LoopRule): LoopRule[] {
  return [loop, ...loop.body.filter(isLoop).flatMap(loopsOf)];
}

function segmentsOf(loop: LoopRule): SegmentRule[] {
  return loop.body.flatMap((rule) => (isLoop(rule) ? [] : [rule]));
}

function find(guide: LoopRule, loop: string, id: string): SegmentRule {
  const found = loopsOf(guide).find((each) => each.loop === loop);
  const rule = found && segmentsOf(found).find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no ${id} in ${loop}`);
  return rule;
}

function elementsOf(rule: SegmentRule): ElementRule[] {
  return Object.values(rule.elements).flatMap((element) => [element, ...Object.values(element.components ?? {})]);
}

describe.each(GUIDES.map((guide) => [guide.kind, guide] as const))('the table of the %s', (kind, guide) => {
  const loops = loopsOf(guide.root);

  test('is found by its kind and binds its own version', () => {
    expect(guideFor(kind)).toBe(guide);
    expect(guideBinds(guide, guide.version)).toBe(true);
    expect(guideBinds(guide, guide.version.replace(/A1$/, ''))).toBe(true);
    expect(guideBinds(guide, '004010X092A1')).toBe(false);
    expect(guideBinds(guide, undefined)).toBe(false);
  });

  test('names no loop twice', () => {
    expect(new Set(loops.map(({ loop }) => loop)).size).toBe(loops.length);
  });

  test('opens every loop by a segment that it requires', () => {
    for (const loop of loops) expect(openerOf(loop)).toMatchObject({ usage: 'R', max: 1 });
  });

  test('has no codes longer or shorter than their data element', () => {
    const wrong = loops.flatMap(segmentsOf).flatMap((rule) =>
      elementsOf(rule).flatMap(({ data, codes }) => {
        if (data === undefined) return [];
        const { min, max } = dataElement(data);
        return [...(codes ?? [])]
          .filter((code) => code.length < min || code.length > max)
          .map((code) => `${rule.id} ${code}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('gives every element either a data element or components', () => {
    for (const element of loops.flatMap(segmentsOf).flatMap(elementsOf)) {
      expect(element.data === undefined).toBe(element.components !== undefined);
    }
  });
});

test('the table of the TA1 has codes that fit, and a text for each of its notes', () => {
  for (const { data, codes } of Object.values(TA1.elements)) {
    const { min, max } = dataElement(data ?? 'I12');
    for (const code of codes ?? []) expect(code.length >= min && code.length <= max).toBe(true);
  }
  expect([...(TA1.elements[5]?.codes ?? [])].sort()).toEqual(Object.keys(INTERCHANGE_FAULTS).sort());
});

test('there is no guide for another kind', () => {
  expect(guideFor('837')).toBeUndefined();
  expect(guideFor('constructor')).toBeUndefined();
});

describe('the table of the 271', () => {
  test.each([
    ['2000A', 'AAA', 4],
    ['2100A', 'AAA', 6],
    ['2100B', 'AAA', 13],
    ['2100C', 'AAA', 24],
    ['2100D', 'AAA', 24],
    ['2110C', 'AAA', 24],
    ['2110D', 'AAA', 24],
  ])('has in loop %s of %s03 %i codes', (loop, id, count) => {
    expect(find(GUIDE_271.root, loop, id).elements[3]?.codes?.size).toBe(count);
  });

  test('has what the counts of the guide are', () => {
    const eb = find(GUIDE_271.root, '2110C', 'EB');
    expect(eb.elements[1]?.codes?.size).toBe(35);
    expect(eb.elements[3]?.repeat).toBe(99);
    expect(find(GUIDE_271.root, '2110D', 'DTP').max).toBe(20);
    expect(find(GUIDE_271.root, '2110D', 'MSG').max).toBe(10);
    expect(find(GUIDE_271.root, '2120D', 'NM1').elements[1]?.codes?.size).toBe(25);
  });
});

const samples = resolve(__dirname, '../../../..', 'shared/samples/codes/x12_271_per_loop_enums_linuxforhealth.json');

(existsSync(samples) ? describe : describe.skip)('the table of the 271 beside an independent one', () => {
  const theirs = (): Record<string, Record<string, Record<string, string>>> =>
    JSON.parse(readFileSync(samples, 'utf8'));

  test.each([
    ['Loop2000AAaaSegment', 'RejectReasonCode', '2000A', 'AAA', 3],
    ['Loop2000AAaaSegment', 'FollowUpActionCode', '2000A', 'AAA', 4],
    ['Loop2100ANm1Segment', 'EntityIdentifierCode', '2100A', 'NM1', 1],
    ['Loop2100ANm1Segment', 'IdentificationCodeQualifier', '2100A', 'NM1', 8],
    ['Loop2100APerSegment', 'CommunicationNumberQualifier1', '2100A', 'PER', 3],
    ['Loop2100APerSegment', 'CommunicationNumberQualifier2', '2100A', 'PER', 5],
    ['Loop2100AAaaSegment', 'RejectReasonCode', '2100A', 'AAA', 3],
    ['Loop2100AAaaSegment', 'FollowUpActionCode', '2100A', 'AAA', 4],
    ['Loop2100BNm1Segment', 'EntityIdentifierCode', '2100B', 'NM1', 1],
    ['Loop2100BNm1Segment', 'IdentificationCodeQualifier', '2100B', 'NM1', 8],
    ['Loop2100BRefSegment', 'ReferenceIdentificationQualifier', '2100B', 'REF', 1],
    ['Loop2100BAaaSegment', 'RejectReasonCode', '2100B', 'AAA', 3],
    ['Loop2100BAaaSegment', 'FollowUpActionCode', '2100B', 'AAA', 4],
    ['Loop2100BPrvSegment', 'ProviderCode', '2100B', 'PRV', 1],
    ['Loop2100DInsSegment', 'IndividualRelationshipCode', '2100D', 'INS', 2],
    ['Loop2100DtpSegment', 'DateTimeQualifier', '2100C', 'DTP', 1],
    ['Loop2110CAaaSegment', 'RejectReasonCode', '2110C', 'AAA', 3],
    ['Loop2110CAaaSegment', 'FollowUpActionCode', '2110C', 'AAA', 4],
    ['Loop2110DtpSegment', 'DateTimeQualifier', '2110C', 'DTP', 1],
    ['Loop2120Nm1Segment', 'IdentificationCodeQualifier', '2120C', 'NM1', 8],
    ['Loop2120Nm1Segment', 'EntityRelationshipCode', '2120C', 'NM1', 10],
  ])('has the same codes as %s %s', (group, name, loop, id, position) => {
    const ours = find(GUIDE_271.root, loop, id).elements[position]?.codes ?? new Set();
    expect([...ours].sort()).toEqual(Object.keys(theirs()[group]?.[name] ?? {}).sort());
  });
});
