import type { Desk } from '../browser';
import type { Journey } from '../journey';

/** Opens a document as a page beside the one that it is asked from. */
async function openPaper(one: Desk, name: string, state: string): Promise<string> {
  const opened = one.context.waitForEvent('page');
  await one.page.getByRole('link', { name: `Page: ${name}` }).click();
  const paper = await opened;
  one.watch(paper);
  await paper.getByRole('heading', { level: 1 }).waitFor();
  await one.look(state, paper);
  const text = (await paper.locator('main').textContent()) ?? '';
  await paper.close();
  return text;
}

/** Every element of 45 CFR 149.610 that a reader looks for. */
const goodFaithElements = [
  /Good Faith Estimate/i,
  /Marlow Quillfeather/,
  /March 14, 1988/,
  /H0015/,
  /\$295/,
  /1999999984/,
  /12-3456789/,
  /12 Elm Street/,
  /\$400/,
  /120 (?:calendar )?days/,
  /cms\.gov\/nosurprises/,
  /1-800-985-3059/,
  /not a contract/i,
];

const selfPay: Journey = {
  name: 'coverage has ended: the family pays itself and gets a Good Faith Estimate with every element of the law',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH005'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('heading', { name: 'Not active' }).waitFor();
    await one.look('inactive');
    const text = await openPaper(one, 'Good Faith Estimate (self-pay)', 'good-faith-estimate');
    const missing = goodFaithElements.filter((element) => !element.test(text));
    if (missing.length > 0) throw new Error(`the Good Faith Estimate lacks ${missing.join(', ')}`);
  },
};

const papers: Journey = {
  name: 'papers for the chart and the family open in English and Spanish, large too, and are as accessible as the page',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH004'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('heading', { name: 'Documents' }).waitFor();
    await openPaper(one, 'Summary for the chart', 'summary');
    await page.getByText('Español').click();
    await page.getByLabel('Large print').check();
    const text = await openPaper(one, 'Estimate in plain words', 'patient-estimate');
    if (!text.includes('deducible')) throw new Error('the estimate is not in Spanish');
    const pdf = page.getByRole('link', { name: 'PDF: Estimate in plain words' });
    const href = (await pdf.getAttribute('href')) ?? '';
    const type = await page.evaluate(
      `fetch(${JSON.stringify(href)}).then(({ headers }) => headers.get('content-type'))`,
    );
    if (type !== 'application/pdf') throw new Error(`the PDF is ${String(type)}`);
  },
};

export const documents: readonly Journey[] = [selfPay, papers];
