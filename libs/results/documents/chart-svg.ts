import type { PrintSize, WeekBar, WeekChart } from './content';
import { escaped } from './html/escape';

/** Drawing units; the drawing is scaled to the width of the text. */
const width = 640;
const colors = { deductible: '#1f4e5f', other: '#8fb8c4', line: '#c9d3d7', text: '#1c2429' };

interface Frame {
  readonly font: number;
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly step: number;
  readonly most: number;
}

/**
 * The weeks' chart as SVG without scripts or styles, so that it prints as it looks: bars of what is owed, the deductible in the darker tone. Axes start at 0.
 */
export function chartSvg(chart: WeekChart, print: PrintSize): string {
  const frame = frameOf(chart, print);
  const bottom = frame.top + frame.height;
  const height = bottom + frame.font * 3.4;
  const parts = [
    ...gridLines(frame),
    ...chart.bars.flatMap((bar, index) => barParts(bar, index, frame)),
    `<line x1="${frame.left}" y1="${bottom}" x2="${width}" y2="${bottom}" stroke="${colors.text}" stroke-width="1"/>`,
    ...legend(chart, frame, height),
  ];
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}"`;
  return `${head} font-family="Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif" font-size="${frame.font}" fill="${colors.text}">${parts.join('')}</svg>`;
}

function frameOf({ bars }: WeekChart, print: PrintSize): Frame {
  const font = print === 'large' ? 19 : 12;
  const left = font * 4.6;
  const totals = bars.map(({ deductibleCents, otherCents }) => deductibleCents + otherCents);
  return {
    font,
    left,
    top: font * 1.2,
    height: print === 'large' ? 260 : 170,
    step: (width - left) / Math.max(bars.length, 1),
    most: niceTop(Math.max(...totals, 0)),
  };
}

/** The least of 1, 2, 4, 5, 10 … times a power of ten that is not exceeded. */
function niceTop(cents: number): number {
  if (cents <= 0) return 10_000;
  const power = 10 ** Math.floor(Math.log10(cents));
  return ([1, 2, 4, 5, 10].find((times) => times * power >= cents) ?? 10) * power;
}

function gridLines({ left, top, height, font, most }: Frame): string[] {
  return [0, 0.5, 1].flatMap((share) => {
    const y = round(top + height * (1 - share));
    const amount = `$${Math.round((most * share) / 100).toLocaleString('en-US')}`;
    const line = `<line x1="${left}" y1="${y}" x2="${width}" y2="${y}" stroke="${colors.line}" stroke-width="1"/>`;
    return [
      ...(share === 0 ? [] : [line]),
      `<text x="${left - font / 2}" y="${round(y + font / 3)}" text-anchor="end">${amount}</text>`,
    ];
  });
}

function barParts(bar: WeekBar, index: number, frame: Frame): string[] {
  const { left, top, height, step, most, font } = frame;
  const bottom = top + height;
  const x = round(left + step * index + step * 0.16);
  const barWidth = round(step * 0.68);
  const tall = (cents: number): number => (height * cents) / most;
  const dark = tall(bar.deductibleCents);
  const light = tall(bar.otherCents);
  const rect = (y: number, tallness: number, fill: string): string[] =>
    tallness < 0.5
      ? []
      : [`<rect x="${x}" y="${round(y)}" width="${barWidth}" height="${round(tallness)}" fill="${fill}"/>`];
  const isLabelled = index % Math.ceil((font * 3.6) / step) === 0;
  const label = `<text x="${round(left + step * (index + 0.5))}" y="${round(bottom + font * 1.3)}" text-anchor="middle">${escaped(bar.label)}</text>`;
  return [
    ...rect(bottom - dark, dark, colors.deductible),
    ...rect(bottom - dark - light, light, colors.other),
    ...(isLabelled ? [label] : []),
  ];
}

function legend({ deductibleLabel, otherLabel, bars }: WeekChart, { font, left }: Frame, height: number): string[] {
  const y = height - font * 0.4;
  const hasDeductible = bars.some(({ deductibleCents }) => deductibleCents > 0);
  const swatch = (x: number, fill: string, text: string): string =>
    `<rect x="${round(x)}" y="${round(y - font * 0.8)}" width="${font}" height="${font}" fill="${fill}"/><text x="${round(x + font * 1.5)}" y="${round(y)}">${escaped(text)}</text>`;
  if (!hasDeductible) return [swatch(left, colors.other, otherLabel)];
  const second = left + font * (3 + deductibleLabel.length * 0.55);
  return [swatch(left, colors.deductible, deductibleLabel), swatch(second, colors.other, otherLabel)];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
