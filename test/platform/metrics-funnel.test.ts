import { expect, it, onTestFinished } from 'vitest';
import { resendInvitation } from '../../functions/application/change-contact.ts';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { canary, secretiveIntake, sirens } from '../support/canaries.ts';
import { customer, operator } from '../support/scenario.ts';

it('counts each funnel step without personal data, and sends no email to an erased person', async () => {
  const lines: string[] = [];
  const logged: string[] = [];
  const runtime = await startRuntime({
    ...{ from: new Date('2026-11-23T08:00:00Z'), timeScale: 0, platform: samplePlatform, calendar: [] },
    registryFile: new URL('../../examples/registry.json', import.meta.url).pathname,
    onMetric: (line) => lines.push(line),
    log: (line) => logged.push(line),
  });
  onTestFinished(() => runtime.close());
  const given = { ...secretiveIntake, siren: sirens[0] };
  const reference = await startOnboarding(runtime, { scope: 'funnel', key: '1', body: '' }, given, operator);
  await runtime.clock.settled();
  const counted = (name: string) => lines.filter((line) => line.includes(`"${name}":1`)).length;
  expect(['Started', 'Qualified', 'Invited', 'Answered'].map(counted)).toEqual([1, 1, 1, 0]);

  await withdraw(runtime, reference, 'no need', customer);
  await runtime.clock.settled();
  expect(counted('Closed')).toBe(1);
  expect(lines.find((line) => line.includes('"Closed":1'))).toContain('"Outcome":"WITHDRAWN"');
  await expect(resendInvitation(runtime, reference, 'again', operator)).rejects.toThrow();

  const mails = runtime.mailbox.list().length;
  await eraseOnboarding(runtime, reference, 'asked_by_person', operator);
  // A mail that was left in the outbox from before.
  await runtime.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: {
      onClosed: true,
      event: { type: 'INVITATION_SENT_AGAIN', actor: operator },
      messages: [{ kind: 'mail', template: 'closed', to: 'customer' }],
    },
  }));
  await runtime.clock.settled();
  expect(runtime.mailbox.list()).toHaveLength(mails);
  expect(await runtime.store.outbox.pending(10)).toEqual([]);
  expect(logged.join('')).toContain('"code":"mail_skipped"');
  expect(lines.join('') + logged.join('')).not.toMatch(canary);
});
