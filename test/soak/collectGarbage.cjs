// Preloaded into every thread of the server under test: twice a minute it collects all garbage and notes what is
// left. What a thread really holds would else hide behind the garbage that V8 has not come to yet, above all on a
// machine that is busy.
const { appendFileSync } = require('node:fs');
const { threadId } = require('node:worker_threads');

const INTERVAL_MS = 30_000;

setInterval(() => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  const bytes = heapUsed + external;
  appendFileSync(
    process.env.SOAK_HEAP_FILE,
    `${JSON.stringify({ threadId, seconds: performance.now() / 1000, bytes })}\n`,
  );
}, INTERVAL_MS).unref();
