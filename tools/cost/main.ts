import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stageNamed } from '../../infra/aws/config/stages.ts';
import { withBlock } from '../marked-block.ts';
import { readBenchResults } from './bench-results.ts';
import { costsOf, details, headline, limits } from './report.ts';
import { readPrices } from './tables.ts';
import { synthesise } from './template.ts';

/** The stage shown in the documents. */
const shown = 'dev';

const { values } = parseArgs({ options: { stage: { type: 'string', default: shown } } });
const configuration = stageNamed(values.stage);
const prices = readPrices();
const costs = costsOf(configuration, synthesise(configuration), readBenchResults(), prices);
process.stdout.write(`${details(costs, prices)}\n`);

if (values.stage === shown) {
  const documents = [
    ['README.md', headline(costs, prices)],
    ['docs/cost.md', details(costs, prices)],
  ] as const;
  for (const [path, content] of documents) {
    const file = new URL(`../../${path}`, import.meta.url);
    writeFileSync(file, withBlock(readFileSync(file, 'utf8'), 'cost', content));
  }
  if (costs.idleMonth > limits.idleMonth || costs.onboardingTotal > limits.onboarding) process.exitCode = 1;
}
