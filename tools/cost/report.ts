import { formatNumber } from '../../functions/domain/text.ts';
import type { StageConfiguration } from '../../infra/aws/config/stage-configuration.ts';
import { markdownTable } from '../marked-block.ts';
import { assumptions } from './assumptions.ts';
import type { BenchResults } from './bench-results.ts';
import { type Charge, chargesOf, total, totalBeyondFree } from './charges.ts';
import { idleUses, rotatingKeys } from './idle.ts';
import type { Prices } from './tables.ts';
import type { Resources } from './template.ts';
import { mixed, type PathCharges, variableCharges } from './variable.ts';

/** Maximum cost of an onboarding, and of a month of a small stage at rest, in US dollars. */
// One question a page takes 150 requests of the web function for each onboarding.
export const limits = { onboarding: 0.007, idleMonth: 25 } as const;

const volumes = [100, 1_000, 10_000] as const;

/** The costs of a stage in US dollars, without free tiers unless stated. */
export interface Costs {
  readonly stage: string;
  readonly idle: readonly Charge[];
  readonly idleMonth: number;
  readonly idleMonthBeyondFree: number;
  /** Added to the month by each of the first two renewals of the keys. */
  readonly perRenewal: number;
  readonly paths: readonly PathCharges[];
  /** One onboarding, averaged over the mix of paths. */
  readonly onboarding: readonly Charge[];
  readonly onboardingTotal: number;
  readonly byVolume: readonly { readonly perMonth: number; readonly usd: number }[];
}

export function costsOf(
  { stage, retention }: StageConfiguration,
  resources: Resources,
  bench: BenchResults,
  prices: Prices,
): Costs {
  const idle = chargesOf(idleUses(resources, bench), prices);
  const options = { resources, bench, retention };
  const paths = variableCharges(options, prices);
  const onboarding = mixed(paths);
  return {
    stage,
    idle,
    idleMonth: total(idle),
    idleMonthBeyondFree: totalBeyondFree(idle, prices),
    perRenewal: rotatingKeys(resources) * prices.of('key'),
    paths,
    onboarding,
    onboardingTotal: total(onboarding),
    byVolume: volumes.map((perMonth) => ({
      perMonth,
      usd: total(mixed(variableCharges({ ...options, onboardingsPerMonth: perMonth }, prices))),
    })),
  };
}

/** Formats a number with at least two significant digits. */
function amount(number: number): string {
  const digits = { maximumSignificantDigits: number < 10 ? 2 : 3 };
  return number.toLocaleString('en', number >= 100 ? { maximumFractionDigits: 0 } : digits);
}

const monthly = (usd: number): string => usd.toFixed(2);
const tiny = (usd: number): string => usd.toFixed(5);

/** Charges added up by category. */
function byCategory(charges: readonly Charge[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { what, usd } of charges) sums.set(what, (sums.get(what) ?? 0) + usd);
  return [...sums];
}

/** For the README: the three headline figures. */
export function headline(costs: Costs, { table }: Prices): string {
  const thousand = formatNumber(assumptions.onboardingsPerMonth, 'en');
  const large = costs.byVolume.find(({ perMonth }) => perMonth === 10_000)?.usd ?? 0;
  return [
    `- A small stage at rest costs ${monthly(costs.idleMonth)} USD a month.`,
    `- One onboarding costs ${tiny(costs.onboardingTotal)} USD, at ${thousand} a month.`,
    `- At 10,000 onboardings a month, one costs ${tiny(large)} USD. (Prices of ${table.date}, Paris, without taxes and free tiers.)`,
  ].join('\n');
}

/** Both sums by category. */
function summary(costs: Costs, { table }: Prices): string {
  const small = costs.byVolume.find(({ perMonth }) => perMonth === 100)?.usd ?? 0;
  return [
    `Prices of ${table.date}, Paris, in US dollars, without taxes and free tiers.`,
    markdownTable(
      [`At rest, stage \`${costs.stage}\``, 'USD a month'],
      [
        ...byCategory(costs.idle).map(([what, usd]) => [what, monthly(usd)]),
        ['**Sum**', `**${monthly(costs.idleMonth)}**`],
      ],
    ),
    markdownTable(
      ['One onboarding', 'USD'],
      [
        ...byCategory(costs.onboarding).map(([what, usd]) => [what, tiny(usd)]),
        ['**Sum**', `**${tiny(costs.onboardingTotal)}**`],
      ],
    ),
    `The figure for one onboarding is the average over a mix of paths, at ${formatNumber(assumptions.onboardingsPerMonth, 'en')} a month. At 100 a month it costs ${tiny(small)}: the metrics of the funnel are billed by the hour, and fewer onboardings share an hour. Each of the first two yearly renewals of the keys adds ${monthly(costs.perRenewal)} a month; an account that uses nothing else pays ${monthly(costs.idleMonthBeyondFree)} at rest thanks to its free tiers.`,
  ].join('\n\n');
}

function itemised(charges: readonly Charge[], prices: Prices, show: (usd: number) => string): string {
  return markdownTable(
    ['What', 'Quantity', 'Unit', 'USD'],
    charges.map(({ what, price, quantity, usd }) => [
      what,
      amount(quantity),
      prices.unitOf(price),
      show(usd),
    ]),
  );
}

/** For docs/cost.md: the summary, then every item, path and price. */
export function details(costs: Costs, prices: Prices): string {
  const { table } = prices;
  return [
    '## Summary',
    summary(costs, prices),
    '## A month at rest',
    itemised(costs.idle, prices, monthly),
    `Sum: **${monthly(costs.idleMonth)} USD a month** (limit ${limits.idleMonth}); ${monthly(costs.idleMonth + costs.perRenewal)} after the first yearly renewal of the keys, ${monthly(costs.idleMonth + 2 * costs.perRenewal)} from the second on. With the free tiers of an account that uses nothing else: ${monthly(costs.idleMonthBeyondFree)}.`,
    '## One onboarding',
    itemised(costs.onboarding, prices, tiny),
    `Sum: **${tiny(costs.onboardingTotal)} USD** (limit ${limits.onboarding}), at ${formatNumber(assumptions.onboardingsPerMonth, 'en')} onboardings a month.`,
    markdownTable(
      ['Path', 'Share of the mix', 'USD'],
      costs.paths.map(({ path, share, usd }) => [path, `${Math.round(share * 100)} %`, tiny(usd)]),
    ),
    markdownTable(
      ['Onboardings a month', 'USD each', 'USD for all'],
      costs.byVolume.map(({ perMonth, usd }) => [
        formatNumber(perMonth, 'en'),
        tiny(usd),
        monthly(usd * perMonth),
      ]),
    ),
    '## Prices',
    `Of ${table.date}, for ${table.region}. ${table.premiumPercent} %: ${table.premium}`,
    markdownTable(
      ['Unit', 'USD', 'Per', 'Known for', 'Counted with', 'Page'],
      Object.values(table.prices).map(({ unit, usd, per, region, page }) => [
        unit,
        usd,
        formatNumber(per, 'en'),
        region === 'every' ? 'every region' : region,
        region === 'us-east-1' ? `+ ${table.premiumPercent} %` : 'unchanged',
        page,
      ]),
    ),
  ].join('\n\n');
}
