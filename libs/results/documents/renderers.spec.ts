import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { type PdfFacts, pdfFacts, withoutBlanks } from '../../../test/setup/pdf-facts';
import { buildPatientEstimate } from './build/patient-estimate';
import type { DocumentContent } from './content';
import { cases, letterhead, patientFacts } from './documents.fixture';
import { renderHtml } from './html/render-html';
import { documentPolicy, styleSheet } from './html/style';
import { PdfRenderer } from './pdf/pdf-renderer';
import { shownText } from './shown-text';

const [estimateCase] = Object.values(cases).slice(1, 2);
if (!estimateCase) throw new Error('no case');

function content(text: string, more: Partial<DocumentContent> = {}): DocumentContent {
  const facts = patientFacts(estimateCase as NonNullable<typeof estimateCase>, {
    patientName: text,
    planName: text,
    letterhead: { ...letterhead, sentences: { en: { patientEstimate: [text] } } },
  });
  const built = buildPatientEstimate(facts, { language: 'en', print: 'normal' });
  const table = {
    kind: 'table',
    caption: text,
    columns: [{ title: text }, { title: 'x', isAmount: true }],
    rows: [[text, '1']],
  } as const;
  return { ...built, blocks: [...built.blocks, table], ...more };
}

const parser = new XMLParser({
  ignoreAttributes: false,
  preserveOrder: true,
  trimValues: false,
  processEntities: true,
});

/** Names of elements and attributes as they are nested, without what they hold. */
function shapeOf(html: string): string {
  const shape = (nodes: unknown): unknown =>
    Array.isArray(nodes)
      ? nodes.map((node: Record<string, unknown>) =>
          Object.entries(node).map(([key, value]) =>
            key === '#text' ? '' : key === ':@' ? Object.keys(value as object) : [key, shape(value)],
          ),
        )
      : '';
  return JSON.stringify(shape(parser.parse(html)));
}

function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return body.replace(/<[^>]*>/g, '\n').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '');
}

const markup = [
  '<script>alert(1)</script>',
  '</td></table><img src=x onerror=alert(1)>',
  '#panic("x")',
  '#include "secrets"',
  '= H',
  '*b* _i_ $x$ @r <l>',
  '`x` // c /* d */',
  '\\u{1f600} \\',
  '\u202eevil\u2066',
  '"; }',
  "' onload='x",
  '&lt;&amp;&#0;',
  '𝕴𝖉 ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞',
  '\ud800 lone',
  '😀👩‍👩‍👧',
  'שָׁלוֹם مرحبا 中文',
];
const hostile = fc.oneof(
  fc.constantFrom(...markup),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...markup, 'plain'), { maxLength: 4 }).map((parts) => parts.join(' ')),
);

describe('text from anywhere', () => {
  it.each([
    ['Ann\u202e\u0000  Lee', 'Ann Lee'],
    ['a\n\tb\u2028c', 'a b c'],
    ['e\u0301', 'é'],
    ['\ud800x', 'x'],
    ['a\u0300\u0301\u0302\u0303\u0304', 'à\u0301\u0302\u0303'],
    ['x'.repeat(5000), `${'x'.repeat(4000)} …`],
  ])('%j is shown as %j', (given, shown) => {
    expect(shownText(given)).toBe(shown);
  });
});

describe('HTML', () => {
  const plain = shapeOf(renderHtml(content('x')));

  it('holds hostile text as text, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = renderHtml(content(text));
        const shown = shownText(text);
        if (shown !== '') expect(shapeOf(html)).toBe(plain);
        expect(wordsOf(html)).toContain(shown);
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });

  it('loads nothing, runs nothing, and names its language and title', () => {
    const html = renderHtml(content('x'));
    expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|href=|src=|url\(|@import/i);
    expect(html).toMatch(
      /^<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"\/><title>What your care may cost<\/title>/,
    );
    expect(html).toContain(`<style>${styleSheet}</style>`);
    expect(documentPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
  });

  it('marks the wording of the law as English in a Spanish document', () => {
    const facts = patientFacts(estimateCase);
    const html = renderHtml(buildPatientEstimate(facts, { language: 'es', print: 'large' }));
    expect(html).toContain('<div lang="en"><p>This record which has been disclosed to you');
    expect(html).toContain('<body class="large">');
  });
});

describe('PDF', () => {
  const renderer = new PdfRenderer();
  afterAll(() => renderer.close());

  it('is tagged, in the order of reading, with title, language and alternative text', async () => {
    const spanish = buildPatientEstimate(patientFacts(estimateCase), { language: 'es', print: 'normal' });
    const large = buildPatientEstimate(patientFacts(estimateCase), { language: 'en', print: 'large' });
    const [first, second] = pdfFacts(await renderer.render(spanish), await renderer.render(large)) as [
      PdfFacts,
      PdfFacts,
    ];
    expect(first).toMatchObject({ title: 'Cuánto puede costar su cuidado', language: 'es', isTagged: true, part: '1' });
    expect(first.roles).toEqual(expect.arrayContaining(['Document', 'H1', 'P', 'Table', 'TH', 'TD', 'L', 'LI']));
    expect(first.roles.find((role) => role.startsWith('Figure: '))).toContain(
      'Barras con su parte en cada una de 8 semanas.',
    );
    expect(first.text.indexOf('Esto no es una promesa')).toBeLessThan(first.text.indexOf('La respuesta corta'));
    expect(second.pages).toBeGreaterThan(first.pages);
  });

  it('says what the HTML says, for every case', async () => {
    const contents = Object.values(cases).map((one) =>
      buildPatientEstimate(patientFacts(one), { language: 'en', print: 'normal' }),
    );
    const pdfs = await Promise.all(contents.map((one) => renderer.render(one)));
    const facts = pdfFacts(...pdfs);
    contents.forEach((one, index) => {
      const paper = withoutBlanks(facts[index]?.text ?? '');
      const lines = wordsOf(renderHtml({ ...one, blocks: one.blocks.filter(({ kind }) => kind !== 'chart') })).split(
        '\n',
      );
      for (const line of lines) expect(paper).toContain(withoutBlanks(line));
    });
  });

  it('holds hostile text as text, and shows what its font has', async () => {
    const texts = [...markup, ...fc.sample(hostile, { numRuns: 12, seed: 20261122 })];
    const pdfs = await Promise.all(texts.map((text) => renderer.render(content(`x ${text}`))));
    const [plain, ...facts] = pdfFacts(await renderer.render(content('x')), ...pdfs);
    const counted = (roles: readonly string[] = []): number =>
      roles.filter((role) => /^(H\d|Table|T[HRD]|L|LI|Figure)/.test(role)).length;
    facts.forEach((fact) => {
      expect(counted(fact.roles)).toBe(counted(plain?.roles));
      expect(fact.isTagged).toBe(true);
    });
    expect(withoutBlanks(facts[0]?.text ?? '')).toContain('<script>alert(1)</script>');
    expect(withoutBlanks(facts[2]?.text ?? '')).toContain('#panic("x")');
  });

  it('is the same bytes for the same document, and goes on after a document that cannot be set', async () => {
    const first = await renderer.render(content('x'));
    const broken = { ...content('x'), letterhead: { name: 'x', lines: undefined } } as unknown as DocumentContent;
    await expect(renderer.render(broken)).rejects.toThrow('could not be set');
    expect(await renderer.render(content('x'))).toEqual(first);
  });

  it('starts again after it was closed', async () => {
    const other = new PdfRenderer();
    const waiting = other.render(content('x'));
    await other.close();
    await expect(waiting).rejects.toThrow('closed');
    expect((await other.render(content('x'))).subarray(0, 5).toString()).toBe('%PDF-');
    await other.close();
  });
});
