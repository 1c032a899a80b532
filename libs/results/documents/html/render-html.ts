import { chartSvg } from '../chart-svg';
import type { Block, Column, DocumentContent, Fact } from '../content';
import { shownContent } from '../shown-text';
import { escaped } from './escape';
import { styleSheet } from './style';

/** A document as one HTML page: no scripts, nothing loaded from anywhere, readable on a phone and on paper. */
export function renderHtml(given: DocumentContent): string {
  const content = shownContent(given);
  const { language, print, title, letterhead, facts, blocks, foot } = content;
  const lines = letterhead.lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return [
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"/><title>${escaped(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="robots" content="noindex"/>',
    `<style>${styleSheet}</style></head><body class="${print}">`,
    `<header><p class="facility">${escaped(letterhead.name)}</p>${lines}</header>`,
    `<main><h1>${escaped(title)}</h1>${factList(facts)}${blocks.map((block) => htmlOf(block, content)).join('')}</main>`,
    `<footer><p>${escaped(foot.text)}</p></footer></body></html>\n`,
  ].join('');
}

function htmlOf(block: Block, content: DocumentContent): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'text':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${escaped(block.text)}</p>`;
    case 'callout':
      return `<aside class="callout" aria-label="${escaped(block.title)}"><p class="title">${escaped(block.title)}</p>${paragraphs(block.texts)}</aside>`;
    case 'figures':
      return figureList(block);
    case 'facts':
      return factList(block.items);
    case 'list':
      return listOf(block, content);
    case 'table':
      return tableOf(block);
    case 'chart':
      return `<figure role="img" aria-label="${escaped(block.chart.alternative)}">${chartSvg(block.chart, content.print)}</figure>`;
    case 'legal':
      return `<section class="legal"><h2>${escaped(block.title)}</h2><div${languageOf(block.language, content)}>${paragraphs(block.texts)}</div></section>`;
  }
}

function listOf(block: Extract<Block, { kind: 'list' }>, content: DocumentContent): string {
  const name = block.isNumbered ? 'ol' : 'ul';
  const items = block.items.map((item) => `<li>${escaped(item)}</li>`).join('');
  return `<${name}${languageOf(block.language, content)}>${items}</${name}>`;
}

function languageOf(language: string | undefined, content: DocumentContent): string {
  return language === undefined || language === content.language ? '' : ` lang="${language}"`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escaped(text)}</p>`).join('');
}

function factList(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ({ label, value }) => `<div><dt>${escaped(label)}</dt><dd dir="auto">${escaped(value)}</dd></div>`,
  );
  return `<dl class="facts">${rows.join('')}</dl>`;
}

function figureList({ items }: Extract<Block, { kind: 'figures' }>): string {
  const figures = items.map(
    ({ label, value, note }) =>
      `<div><dt>${escaped(label)}</dt><dd class="value">${escaped(value)}</dd>${note ? `<dd class="note">${escaped(note)}</dd>` : ''}</div>`,
  );
  return `<dl class="figures">${figures.join('')}</dl>`;
}

function tableOf({ caption, columns, rows, total }: Extract<Block, { kind: 'table' }>): string {
  const head = columns.map((column) => `<th scope="col"${amountOf(column)}>${escaped(column.title)}</th>`).join('');
  const body = rows.map((row) => tableRow(row, columns)).join('');
  const foot = total ? `<tfoot>${tableRow(total, columns)}</tfoot>` : '';
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody>${foot}</table>`;
}

function tableRow(row: readonly string[], columns: readonly Column[]): string {
  const cells = columns.map((column, index) => `<td dir="auto"${amountOf(column)}>${escaped(row[index] ?? '')}</td>`);
  return `<tr>${cells.join('')}</tr>`;
}

function amountOf({ isAmount }: Column): string {
  return isAmount ? ' class="amount"' : '';
}
