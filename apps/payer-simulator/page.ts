import { faultKinds } from './faults/fault';
import { memberIdFor, scenarios, usualMemberId } from './scenarios';
import { type SimulatedPayer, simulatedPayers } from './simulated-payers';
import { type MockCheck, mockChecks, type PublishedCheck, publishedChecks } from './stedi/mock-checks';

/** The page at `/`: who can be asked, and with which member ids. */
export function simulatorPage(memberIds: readonly string[]): string {
  const payers = simulatedPayers.map((payer) =>
    row([
      payer.name,
      payer.payerId,
      waysOf(payer),
      usualMemberId(payer),
      payer.shows ?? 'Answers every scenario below',
    ]),
  );
  const example = simulatedPayers[0];
  const tries = scenarios.map((scenario) =>
    row([example ? memberIdFor(example, scenario) : '', scenario.id, scenario.title]),
  );
  const files =
    memberIds.length === 0
      ? '<p>None.</p>'
      : `<ul>${memberIds.map((id) => `<li>${escapeHtml(id)}</li>`).join('')}</ul>`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Payer simulator</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:.2rem 1rem .2rem 0}</style></head>
<body><h1>Payer simulator</h1>
<p>Invented payers that answer X12 270 with 271 at <code>POST /x12</code>, in an envelope of CAQH CORE vC2.2.0 (SOAP 1.2 or
MIME multipart) or bare, and a clearinghouse before them that speaks JSON as Stedi does: base address <code>/stedi</code>, any
key but <code>wrong…</code>; a key <code>test_…</code> gets the mock checks below alone.
Any name and birth date will do, where a scenario does not say otherwise: the member id decides.</p>
<h2>Payers</h2><table><tr><th>Name</th><th>Payer id</th><th>Asked by</th><th>Member id to try</th><th>What it shows</th></tr>${payers.join('')}</table>
<h2>Member ids</h2><p>The payer's three letters, three digits for what happens (000: what the payer itself shows), any further digits.</p>
<table><tr><th>Member id</th><th>Scenario</th><th>What happens</th></tr>${tries.join('')}</table>
<h2>Mock checks of test keys</h2><p>About service type 30, every value as it stands here. The last ones are those that Stedi publishes; what is answered to them is invented here.</p>
<table><tr><th>Payer id</th><th>Subscriber</th><th>Dependent</th><th>What happens</th></tr>${[...mockChecks, ...publishedChecks].map(mockRow).join('')}</table>
<h2>Member ids with a 271 of their own</h2>${files}
<h2>To do things to it</h2><ul>
<li><code>PUT /control/members/{memberId}</code> a 271, <code>?asIs=true</code> to have it served byte for byte; <code>DELETE</code> takes it away.
Or put <code>{memberId}.271</code> into the folder, or <code>{memberId}.json</code>: <code>{"file": "other.271", "asIs": true}</code>.</li>
<li><code>POST /control/faults</code> <code>{"kind": "status", "status": 503, "count": 2, "memberId": "…"}</code>, kinds: ${faultKinds.join(', ')};
<code>DELETE</code> clears them. <code>{"kind": "refused", "ms": 5000}</code> is of the whole machine: it takes no connection for so long, this page included.</li></ul>
<p><a href="/control/ledger">Ledger</a> · <a href="/control/faults">Faults</a> · <a href="/health">Health</a></p>
</body></html>`;
}

function waysOf({ ways = ['x12'], phone }: SimulatedPayer): string {
  if (ways.length === 0) return `phone (${phone ?? 'the number on the card'})`;
  return ways.map((way) => (way === 'x12' ? 'X12' : 'JSON')).join(', then ');
}

function mockRow({ payerId, subscriber, dependent, title }: MockCheck | PublishedCheck): string {
  const told = ({
    firstName,
    lastName,
    birthDate,
  }: PublishedCheck['subscriber'] | NonNullable<MockCheck['dependent']>) =>
    [`${firstName} ${lastName}`, ...(birthDate ? [birthDate] : [])].join(', ');
  const who = `${told(subscriber)}, ${subscriber.memberId}`;
  return row([payerId, who, dependent === undefined ? '' : told(dependent), title]);
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
