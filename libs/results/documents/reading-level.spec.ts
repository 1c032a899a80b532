import { buildPatientEstimate } from './build/patient-estimate';
import type { Block, DocumentLanguage } from './content';
import { cases, patientFacts, saidIn } from './documents.fixture';
import { plainAssumptions, wordsIn } from './words';

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!:])\s+/).filter((one) => /\p{L}/u.test(one));
/** A number is read as one word. */
const wordsOf = (sentence: string): string[] => sentence.match(/[\p{L}’'-]*\p{L}|[$\d][\d,.%-]*/gu) ?? [];

function syllablesOfEnglish(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.length <= 3) return 1;
  const stem = letters.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(stem.match(/[aeiouy]{1,2}/g)?.length ?? 1, 1);
}

function syllablesOfSpanish(word: string): number {
  const vowels = word
    .toLowerCase()
    .replace(/qu|gu(?=[eiéí])/g, 'k')
    .replace(/y$/, 'i')
    // Two strong vowels, or an accented weak one, are two syllables.
    .replace(/([aeoáéó])(?=[aeoáéóíú])|([íú])(?=[aeoáéó])/g, '$1$2.');
  return Math.max(vowels.match(/[aeiouáéíóúü]+/g)?.length ?? 1, 1);
}

interface Measured {
  wordsASentence: number;
  syllablesAWord: number;
}

function measure(texts: readonly string[], syllables: (word: string) => number): Measured {
  const sentences = texts.flatMap(sentencesOf);
  const words = sentences.flatMap(wordsOf);
  const count = words.reduce((sum, word) => sum + (/\p{L}/u.test(word) ? syllables(word) : 1), 0);
  return { wordsASentence: words.length / sentences.length, syllablesAWord: count / words.length };
}

/** School grade. Source: Kincaid et al. 1975. */
const fleschKincaid = ({ wordsASentence, syllablesAWord }: Measured): number =>
  0.39 * wordsASentence + 11.8 * syllablesAWord - 15.59;
/** 70 to 80 is the sixth grade, higher is easier. Source: Fernández Huerta 1959, as corrected by Cooper. */
const fernandezHuerta = ({ wordsASentence, syllablesAWord }: Measured): number =>
  206.84 - 60 * syllablesAWord - 1.02 * wordsASentence;
/** From 65 on "bastante fácil" on the INFLESZ scale. Source: Szigriszt Pazos 1993, Barrio Cantalejo 2008. */
const inflesz = ({ wordsASentence, syllablesAWord }: Measured): number =>
  206.835 - 62.3 * syllablesAWord - wordsASentence;

/** What is read as running text: no tables, no figures, no names, nothing whose wording is the law's. */
function proseOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (['text', 'callout', 'list', 'heading'].includes(block.kind) ? saidIn(block) : []));
}

const proseIn = (language: DocumentLanguage): string[][] =>
  Object.values(cases).map((estimateCase) => {
    const facts = patientFacts(estimateCase, {
      assumptionCodes: ['network_from_contract'],
      openCodes: ['limits', 'tier'],
    });
    return proseOf(buildPatientEstimate(facts, { language, print: 'normal' }).blocks);
  });

/** Every sentence that a patient's estimate can hold. */
const allIn = (language: DocumentLanguage): string[] => {
  const { assumed, unknowns, open, changes } = wordsIn(language).patientEstimate;
  return [
    ...plainAssumptions.map((one) => assumed[one]),
    ...Object.values(unknowns),
    ...Object.values(open),
    ...changes,
  ];
};

describe('the reading level of a patient’s estimate', () => {
  it('is known of known texts', () => {
    const simple = ['The cat sat on the mat. It was a good cat.'];
    const hard = ['Notwithstanding the aforementioned limitations, authorization determinations remain discretionary.'];
    expect(fleschKincaid(measure(simple, syllablesOfEnglish))).toBeLessThan(1);
    expect(fleschKincaid(measure(hard, syllablesOfEnglish))).toBeGreaterThan(16);
    expect(['deducible', 'cuidado', 'todavía', 'quien', 'leer', 'guía'].map(syllablesOfSpanish)).toEqual([
      4, 3, 4, 1, 2, 2,
    ]);
    expect(fernandezHuerta(measure(['El gato come pan. El gato es bueno.'], syllablesOfSpanish))).toBeGreaterThan(85);
  });

  it('is at most the sixth grade in English, in every case and for everything that it can say', () => {
    for (const prose of [...proseIn('en'), allIn('en')])
      expect(fleschKincaid(measure(prose, syllablesOfEnglish))).toBeLessThanOrEqual(6);
  });

  it('is at most the sixth grade in Spanish by two measures', () => {
    for (const prose of [...proseIn('es'), allIn('es')]) {
      expect(fernandezHuerta(measure(prose, syllablesOfSpanish))).toBeGreaterThanOrEqual(70);
      expect(inflesz(measure(prose, syllablesOfSpanish))).toBeGreaterThanOrEqual(65);
    }
  });
});
