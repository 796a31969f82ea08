// Calls a function of src/core/tracking: node call_rule.mjs MODULE FUNCTION ARGUMENTS, the last one as a JSON list in
// which {"bytes": text} stands for bytes. Writes the answer as JSON, bytes as text.
import { join } from 'node:path';
import { build } from 'esbuild';

const [module, name, given] = process.argv.slice(2);
const rules = join(import.meta.dirname, '..', '..', '..', 'src', 'core', 'tracking');
const { outputFiles } = await build({
  entryPoints: [join(rules, `${module}.ts`)],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const program = Buffer.from(outputFiles[0].contents).toString('base64');
const rule = (await import(`data:text/javascript;base64,${program}`))[name];
const values = JSON.parse(given).map((each) => (each?.bytes === undefined ? each : Buffer.from(each.bytes)));
const answer = rule(...values);
process.stdout.write(JSON.stringify((Buffer.isBuffer(answer) ? answer.toString() : answer) ?? null));
