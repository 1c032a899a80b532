// Sets documents as PDF, off the main thread: setting one takes tens of milliseconds. Started by pdf-renderer.ts with the template and the fonts.
const { parentPort, workerData } = require('node:worker_threads');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

/** Results older than so many documents are forgotten: what all of them share (fonts, the template) stays. */
const keptFor = 5;

const compiler = NodeCompiler.create({
  workspace: __dirname,
  fontArgs: [{ fontBlobs: workerData.fonts.map((font) => Buffer.from(font)) }],
});
const template = workerData.template;

/**
 * @param {{ id: number, document: string, madeAt: number }} job
 * @returns {{ id: number, pdf: Uint8Array } | { id: number, fault: string }}
 */
function set({ id, document, madeAt }) {
  try {
    const { result, fault } = compiled(document);
    if (fault) return { id, fault };
    return { id, pdf: compiler.pdf(result, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: madeAt }) };
  } catch (error) {
    return { id, fault: String(error?.message ?? error) };
  } finally {
    compiler.evictCache(keptFor);
  }
}

function compiled(document) {
  const outcome = compiler.compile({ mainFileContent: template, inputs: { document } });
  const result = outcome.result;
  if (result) return { result };
  const error = outcome.takeError();
  return { fault: error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'The compiler gave no document' };
}

parentPort.on('message', (job) => {
  const done = set(job);
  parentPort.postMessage(done);
});
