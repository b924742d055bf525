import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventLabels } from '../functions/domain/onboarding/events.ts';
import { stages } from '../functions/domain/onboarding/lifecycle.ts';

const root = new URL('../functions/', import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }));

/** Files outside of a folder that hold a pattern. */
function outside(folder: string, pattern: RegExp, ...allowed: readonly string[]): readonly string[] {
  return sources
    .filter(({ name, text }) => !name.startsWith(folder) && !allowed.includes(name) && pattern.test(text))
    .map(({ name }) => name);
}

describe('The code of the functions', () => {
  it('is read whole', () => {
    expect(sources.length).toBeGreaterThan(240);
  });

  it('names a stage to go to in the transitions of the aggregate only', () => {
    const pattern = new RegExp(`\\bto: (?:[^,\\n]*\\? )?'(?:${stages.join('|')})'`);
    expect(outside('domain/onboarding/', pattern)).toEqual([]);
    const transitions = sources.filter(({ name }) => name.startsWith('domain/onboarding/transitions/'));
    expect(transitions.filter(({ text }) => pattern.test(text)).length).toBeGreaterThan(8);
  });

  it('makes an event in the transitions of the aggregate only', () => {
    const pattern = new RegExp(`\\btype: (?:[^,\\n]*\\? )?'(?:${Object.keys(eventLabels).join('|')})'`);
    // The example of the API shows an event.
    expect(outside('domain/onboarding/', pattern, 'web/api/examples/onboarding.ts')).toEqual([]);
  });

  it('links to mail addresses in one place only, where they are escaped', () => {
    expect(outside('web/shared/layout/mail-link.ts', /mailto:/)).toEqual([]);
  });

  it('speaks to DynamoDB in the store only', () => {
    expect(outside('store/', /ConditionExpression|TransactWrite|TableName/)).toEqual([]);
  });
});
