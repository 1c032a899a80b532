// `node read-pdf.mjs FILE…`: what a reader of these PDFs gets, as JSON: their text, title, language, and the roles of their tagged parts.
import { readFileSync } from 'node:fs';
import { getDocumentProxy } from 'unpdf';

const facts = [];
for (const file of process.argv.slice(2)) facts.push(await factsOf(file));
process.stdout.write(JSON.stringify(facts));

async function factsOf(file) {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)), { verbosity: 0 });
  const { info, metadata } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  const texts = [];
  const roles = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    texts.push(items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''));
    roles.push(...rolesOf(await page.getStructTree()));
  }
  return {
    pages: pdf.numPages,
    title: info.Title,
    language: info.Language ?? null,
    isTagged: marks?.Marked === true,
    part: metadata?.get('pdfuaid:part') ?? null,
    text: texts.join('\n'),
    roles,
  };
}

function rolesOf(node) {
  if (!node) return [];
  const own = node.role ? [node.alt ? `${node.role}: ${node.alt}` : node.role] : [];
  return [...own, ...(node.children ?? []).flatMap(rolesOf)];
}
