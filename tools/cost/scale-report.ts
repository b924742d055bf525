import { readFileSync, writeFileSync } from 'node:fs';
import { formatNumber } from '../../functions/domain/text.ts';
import { markdownTable, withBlock } from '../marked-block.ts';
import { openOnboardings } from './assumptions.ts';
import { readBenchResults } from './bench-results.ts';
import { type Counts, type HotKeyFile, readHotKeys, scaleLimits } from './scale.ts';
import { readQuotas } from './tables.ts';

function amount(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: number < 10 ? 1 : 0 });
}

/** For docs/scale.md. */
export function scaleTables(counts: Counts): string {
  const { bench, hot, quotas } = counts;
  const share = (part: number): string => (part < 0.01 ? '< 1 %' : `${Math.round(part * 100)} %`);
  const byLoad = new Map<string, HotKeyFile['loads']>();
  for (const load of hot.loads) byLoad.set(load.load, [...(byLoad.get(load.load) ?? []), load]);
  return [
    `Default quotas of ${quotas.date} in eu-west-3, the most used limit first.`,
    markdownTable(
      ['Limit of', ...openOnboardings.map((open) => `${formatNumber(open, 'en')} open`), 'Limit'],
      scaleLimits(counts).map(({ name, limit, unit, use }) => [
        name,
        ...openOnboardings.map((open) => `${amount(use(open))} (${share(use(open) / limit)})`),
        `${amount(limit)} ${unit}`,
      ]),
    ),
    '## Partition keys',
    'Write units a second of the hottest key under each load; a partition takes 1,000. Loads with a fixed pace are the same at every size.',
    markdownTable(
      ['Load', 'Key', ...openOnboardings.map((open) => `${formatNumber(open, 'en')} open`), 'Headroom'],
      [...byLoad].map(([load, all]) => {
        const last = all.at(-1);
        return [
          load,
          `\`${last?.writes[0]?.key ?? ''}\``,
          ...all.map(({ writes }) => amount(writes[0]?.units ?? 0)),
          `× ${last?.headroom ?? 0}`,
        ];
      }),
    ),
    [...byLoad].map(([load, [first]]) => `- *${load}*: ${first?.why ?? ''}.`).join('\n'),
    'Rate at which each act alone saturates a key:',
    markdownTable(
      ['Act', 'Key', 'Write units', 'Saturated at, acts a second'],
      hot.acts.map(({ act, key, units, perSecond: rate }) => [act, `\`${key}\``, units, rate]),
    ),
    '## Serving the waiting list',
    'What each event costs by the number of customers that wait, those before the ones that fit being larger than every place. CPU is a multiple of that of the shortest list in the same run.',
    markdownTable(
      ['Event', 'Waiting', 'Offers', 'Requests', 'Read units', 'Write units', 'CPU, ×'],
      bench.waitingList.map(({ event, waiting, offers, requests, readUnits, writeUnits, cpu }) => [
        event,
        formatNumber(waiting, 'en'),
        ...[offers, requests, readUnits, writeUnits].map((value) => formatNumber(value, 'en')),
        cpu,
      ]),
    ),
    '## Quotas',
    markdownTable(
      ['What', 'Quota', 'Can be raised', 'Page'],
      Object.values(quotas.all).map(({ unit, value, raisable, page }) => [
        unit,
        formatNumber(value, 'en'),
        raisable ? 'yes' : 'no',
        page,
      ]),
    ),
  ].join('\n\n');
}

if (import.meta.main) {
  const file = new URL('../../docs/scale.md', import.meta.url);
  const tables = scaleTables({ bench: readBenchResults(), hot: readHotKeys(), quotas: readQuotas() });
  writeFileSync(file, withBlock(readFileSync(file, 'utf8'), 'scale', tables));
}
