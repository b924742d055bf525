import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alarmCatalogue } from '../../../infra/constructs/alarm-catalogue.ts';
import { templateOf } from './synthesised.ts';

const { ofType } = templateOf();
const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => ({
  name: String(Properties['AlarmName']).replace('onboarding-dev-', ''),
  description: String(Properties['AlarmDescription']),
  actions: Properties['AlarmActions'],
}));
const handbook = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
/** Sections of the handbook's part on alarms: heading, then text. */
const sections = (handbook.split(/^## Alarms$/m)[1]?.split(/^## /m)[0] ?? '')
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ name: text.slice(0, text.indexOf('\n')), text: text.slice(text.indexOf('\n')) }));

describe('alarms', () => {
  it('are those of the catalogue, each with a section of its own in the handbook', () => {
    const names = alarms.map(({ name }) => name).sort();
    expect(names).toEqual(Object.keys(alarmCatalogue).sort());
    expect(sections.map(({ name }) => name).sort()).toEqual(names);
  });

  it.each(alarms)('$name says what people suffer and where to read on', ({ name, description }) => {
    const { impact } = Object.entries(alarmCatalogue).find(([known]) => known === name)?.[1] ?? {
      impact: '?',
    };
    expect(description).toBe(`${impact} See docs/operations.md#${name}`);
  });

  it.each(alarms)('$name reaches people', ({ actions }) => {
    expect(actions).toEqual([{ Ref: expect.stringContaining('Alarms') }]);
  });

  it.each(sections)('$name: the handbook says what it means, what to look at and what to do', ({ text }) => {
    expect(text).toMatch(/\*\*What it means\.\*\* .+\n/);
    expect(text).toMatch(/\*\*Look at\.\*\* .+\n/);
    expect(text).toMatch(/\*\*Do\.\*\* .+\n/);
  });

  it('are on a dashboard, with the funnel', () => {
    const [dashboard] = ofType('AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.[1].Properties['DashboardBody']);
    expect(body).toContain('HandedOver');
    for (const { name } of alarms) expect(body).toContain(name.replaceAll('-', ''));
  });
});
