import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stageNamed } from '../../../../infra/aws/config/stages.ts';
import { readBenchResults } from '../../../../tools/cost/bench-results.ts';
import { idleUses, UnpricedResourceError } from '../../../../tools/cost/idle.ts';
import { costsOf, details, headline, limits } from '../../../../tools/cost/report.ts';
import { runsPerMonth, UnreadScheduleError } from '../../../../tools/cost/schedule-runs.ts';
import { MissingFigureError, readPrices } from '../../../../tools/cost/tables.ts';
import { resourcesOf } from '../../../../tools/cost/template.ts';
import { withBlock } from '../../../../tools/marked-block.ts';
import { templateOf } from './synthesised.ts';

const bench = readBenchResults();
const prices = readPrices();
const dev = stageNamed('dev');
const resources = resourcesOf(templateOf(dev).json);
const costs = costsOf(dev, resources, bench, prices);

function text(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}

function idleWith(more: Record<string, { Type: string; Properties: Record<string, unknown> }>): number {
  return costsOf(dev, { ...resources, ...more }, bench, prices).idleMonth;
}

describe('the cost', () => {
  it('is at most 0.7 cents for an onboarding of the mix', () => {
    expect(costs.onboardingTotal).toBeLessThanOrEqual(limits.onboarding);
    expect(costs.onboardingTotal).toBeGreaterThan(0.001);
  });

  it('is at most 25 dollars a month for a small stage at rest, before any key rotation', () => {
    expect(costs.idleMonth).toBeLessThanOrEqual(limits.idleMonth);
    expect(costs.idleMonth).toBeGreaterThan(15);
  });

  it('is shown in the documents as computed (npm run cost)', () => {
    for (const [path, content] of [
      ['README.md', headline(costs, prices)],
      ['docs/cost.md', details(costs, prices)],
    ] as const) {
      expect(withBlock(text(path), 'cost', content), path).toBe(text(path));
    }
  });

  it('is the sum of its items', () => {
    const items = [...costs.idle.map(({ usd }) => usd)].reduce((a, b) => a + b, 0);
    expect(items).toBeCloseTo(costs.idleMonth, 9);
    const ready = costs.paths.find(({ path }) => path === 'ready, handed over');
    expect(ready?.charges.find(({ price }) => price === 'state-transition')?.usd).toBeCloseTo(
      (17 * 0.0297) / 1_000,
      9,
    );
  });
});

describe('an added resource', () => {
  it('increases the cost', () => {
    const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 300 } };
    expect(idleWith({ alarm }) - costs.idleMonth).toBeCloseTo(0.12, 9);
    const fast = { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 10 } };
    expect(idleWith({ fast }) - costs.idleMonth).toBeCloseTo(0.36, 9);
    const computed = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{}, {}, {}] } };
    expect(idleWith({ computed }) - costs.idleMonth).toBeCloseTo(0.36, 9);
    const key = { Type: 'AWS::KMS::Key', Properties: {} };
    expect(idleWith({ key }) - costs.idleMonth).toBeCloseTo(1, 9);
    const program = {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { AllowedOAuthFlows: ['client_credentials'] },
    };
    expect(idleWith({ program }) - costs.idleMonth).toBeCloseTo(0.495, 9);
  });

  it('stops the computation when its type has no price', () => {
    const gateway = { Type: 'AWS::EC2::NatGateway', Properties: {} };
    expect(() => idleWith({ gateway })).toThrow(UnpricedResourceError);
    expect(() => idleWith({ gateway })).toThrow('how AWS::EC2::NatGateway is paid for');
  });

  it('stops the computation when it is a paid firewall rule group', () => {
    const group = { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesBotControlRuleSet' } };
    const acl = { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{ Statement: group }] } };
    expect(() => idleWith({ acl })).toThrow('AWSManagedRulesBotControlRuleSet');
  });
});

describe('the tables', () => {
  it('have a price for everything used, and no unused price', () => {
    const used = new Set([...costs.idle, ...costs.onboarding].map(({ price }) => price));
    for (const price of used) expect(prices.of(price)).toBeGreaterThan(0);
    const unused = Object.keys(prices.table.prices).filter((price) => !used.has(price));
    // Those of other ways to build or to configure the stack.
    expect(unused).toEqual(['alarm-high-resolution', 'alarm-composite', 'staff-lite', 'staff-essentials']);
    expect(() => prices.of('a-word')).toThrow(MissingFigureError);
  });

  it('price every type of the production stack as well', () => {
    const prod = stageNamed('prod');
    const production = resourcesOf(templateOf(prod).json);
    expect(idleUses(production, bench).length).toBeGreaterThan(10);
    // Copies kept for long are what production pays more for.
    expect(costsOf(prod, production, bench, prices).onboardingTotal).toBeGreaterThan(costs.onboardingTotal);
  });

  it('add the premium to prices known only for another region', () => {
    expect(prices.of('alarm')).toBeCloseTo(0.12, 9);
    expect(prices.of('state-transition')).toBeCloseTo(0.0000297, 9);
    expect(prices.of('firewall')).toBe(5);
  });
});

it('reads schedule expressions, and refuses unsupported ones', () => {
  expect(runsPerMonth('rate(15 minutes)')).toBeCloseTo(2_918.4);
  expect(runsPerMonth('rate(1 day)')).toBeCloseTo(30.4);
  expect(runsPerMonth('cron(0 8,18 * * ? *)')).toBeCloseTo(60.8);
  expect(() => runsPerMonth('cron(0 8 ? * MON *)')).toThrow(UnreadScheduleError);
});
