import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublishedEvent } from '../../../functions/platform/event-bus.ts';
import { openEventPage } from '../../../infra/local/event-page.ts';

const event: PublishedEvent = {
  id: 'ONB-7K4M-2Q9D.1.0',
  type: 'OnboardingStarted',
  at: '2026-11-23T08:00:00.000Z',
  reference: 'ONB-7K4M-2Q9D',
  data: { services: ['exchange'], usersInScope: 250 },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the event page', () => {
  it('lists events in order of publication, each once', async () => {
    const page = openEventPage();
    await page.publish(event);
    await page.publish({ ...event, id: 'second', type: 'OnboardingInvited' });
    await page.publish(event);
    expect(page.list().map(({ type }) => type)).toEqual(['OnboardingStarted', 'OnboardingInvited']);
  });

  it('keeps events across restarts in a file, one a line', async () => {
    await openEventPage(folder).publish(event);
    const again = openEventPage(folder);
    await again.publish(event);
    await again.publish({ ...event, id: 'second' });
    expect(again.list()).toEqual([event, { ...event, id: 'second' }]);
    const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([event, { ...event, id: 'second' }]);
  });

  it('opens with an event of a release that knows more of them', async () => {
    const later = { ...event, type: 'OnboardingArchived' };
    writeFileSync(join(folder, 'events.jsonl'), `${JSON.stringify(later)}\n`);
    const page = openEventPage(folder);
    await page.publish({ ...event, id: 'second' });
    expect(page.list()).toEqual([later, { ...event, id: 'second' }]);
  });
});
