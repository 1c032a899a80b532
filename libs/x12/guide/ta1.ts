import { R, type SegmentRule } from './rule';

/**
 * Interchange acknowledgment: of which interchange (control number, date, time), the verdict, and a note on what was wrong.
 * Source: X12.5 interchange control structures, 00501.
 */
export const TA1: SegmentRule = {
  id: 'TA1',
  usage: 'S',
  max: 1,
  elements: {
    1: R('I12'),
    2: R('I08'),
    3: R('I09'),
    4: R('I17', 'A E R'),
    5: R(
      'I18',
      `000 001 002 003 004 005 006 007 008 009 010 011 012 013 014 015 016 017 018 019 020 021 022 023 024 025 026 027
       028 029 030 031`,
    ),
  },
};
