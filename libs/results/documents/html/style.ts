import { createHash } from 'node:crypto';

const css = `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1.25rem 3rem; color: #1c2429; font: 400 1rem/1.45 "Source Sans 3", "Segoe UI", system-ui, Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
body.large { max-width: 52rem; font-size: 18pt; line-height: 1.5; }
header { border-bottom: 1px solid #aebbc0; padding-bottom: .75rem; margin-bottom: 1.5rem; }
header p { margin: 0; color: #4a5960; }
header p.facility { font-weight: 600; color: #1c2429; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; font-weight: 600; }
h2 { font-size: 1.2rem; line-height: 1.25; margin: 2rem 0 .5rem; font-weight: 600; }
p { margin: 0 0 .6rem; }
p.lead { font-size: 1.15rem; }
p.quiet, .note { color: #4a5960; }
ul, ol { margin: 0 0 .6rem; padding-left: 1.25rem; }
ol { padding-left: 2rem; }
li { margin: 0 0 .35rem; }
dl { margin: 0 0 .75rem; }
dl.facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: .1rem 1rem; padding: .15rem 0; }
dl.facts dt { color: #4a5960; }
dd { margin: 0; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1rem 0; }
dl.figures > div { border: 1px solid #c9d3d7; border-radius: 4px; padding: .75rem .9rem; }
dl.figures dt { color: #4a5960; }
dl.figures dd.value { font-size: 1.5rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
.large dl.figures, .large dl.facts > div { grid-template-columns: 1fr; }
aside.callout { border-left: 4px solid #1f4e5f; background: #eef4f6; padding: .75rem 1rem; margin: 1rem 0; }
aside.callout p:last-child, section.legal p:last-child { margin-bottom: 0; }
aside .title, section.legal h2 { font-weight: 600; margin: 0 0 .3rem; }
section.legal { border: 1px solid #aebbc0; padding: .75rem 1rem; margin: 1.5rem 0 0; font-size: .875rem; line-height: 1.4; }
section.legal h2 { font-size: 1rem; }
.large section.legal { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #4a5960; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #d8e0e3; }
th { font-weight: 600; border-bottom-color: #5d6c73; overflow-wrap: break-word; }
th.amount, td.amount { text-align: right; padding-right: 0; padding-left: .6rem; }
tfoot td { font-weight: 600; border-bottom: 0; border-top: 1px solid #5d6c73; }
figure { margin: 1rem 0; }
figure svg { width: 100%; height: auto; display: block; }
footer { border-top: 1px solid #aebbc0; margin-top: 2rem; padding-top: .6rem; color: #4a5960; font-size: .875rem; }
.large footer { font-size: 1rem; }
@media (max-width: 30rem) {
  body { padding: 1rem 1rem 2rem; }
  dl.facts > div { grid-template-columns: 1fr; }
  th, td { padding-right: .35rem; font-size: .9rem; }
}
@media print {
  @page { size: letter; margin: .8in .9in; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  body.large { font-size: 18pt; }
  h1, h2 { break-after: avoid; }
  tr, figure, aside, dl > div, li, section.legal { break-inside: avoid; }
  thead { display: table-header-group; }
  aside.callout, rect { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;

/** The one style sheet of all documents. */
export const styleSheet = css.replace(/\n\s*/g, '').trim();

const hash = createHash('sha256').update(styleSheet).digest('base64');

/** What a browser may load for a document: its own style sheet, and nothing from anywhere. No scripts, no forms. */
export const documentPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;
