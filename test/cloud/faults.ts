import { SendTaskSuccessCommand, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { expect, inject, it } from 'vitest';
import * as z from 'zod';
import { clockOffsetSetting } from '../../functions/platform/clock.ts';
import { keys } from '../../functions/store/keys.ts';
import { secretiveIntake } from '../support/canaries.ts';
import { callJson, eventually } from './aws.ts';
import {
  act,
  clockOffset,
  configured,
  invoke,
  loggedLines,
  mailsAbout,
  standingOf,
  until,
} from './deployed.ts';
import { type Fault, startFaultyService } from './faulty-service.ts';
import { answer, endOf, invited, prospect, runOf, statesOf, stepFunctions, stop } from './story.ts';

/** Lets functions call a service through somebody who disturbs its calls, while something is done. */
async function withFaults(
  disturbed: { readonly folder: string; readonly service: 'DYNAMODB' | 'SESV2'; readonly timeout?: number },
  faultOf: (operation: string) => Fault,
  act: () => Promise<void>,
): Promise<void> {
  const { folder, service, timeout } = disturbed;
  const faulty = await startFaultyService(faultOf);
  const restore = await configured(folder, { [`AWS_ENDPOINT_URL_${service}`]: faulty.address }, timeout);
  try {
    await act();
  } finally {
    await restore();
    await faulty.close();
  }
}

async function customersOf(wave: string): Promise<unknown> {
  return z
    .looseObject({ booked: z.looseObject({ customers: z.int() }) })
    .parse(await act('GET', `/api/waves/${wave}`)).booked.customers;
}

async function happenings(reference: string): Promise<readonly string[]> {
  const { timeline } = z
    .looseObject({ timeline: z.array(z.looseObject({ type: z.string() })) })
    .parse(await standingOf(reference));
  return timeline.map(({ type }) => type);
}

async function withdrawn(reference: string): Promise<void> {
  const reason = 'Only here for a fault';
  await act('POST', `/api/onboardings/${reference}/withdrawal`, { reason });
  expect(await endOf(reference)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'WITHDRAWN' } });
}

/** The token that would end the present wait, as it stands in the table and nowhere else. */
async function tokenOf(reference: string): Promise<string | undefined> {
  const { pk, sk } = keys.wait(reference);
  const found = await callJson('dynamodb', 'DynamoDB_20120810.GetItem', {
    TableName: inject('cloud').outputs.TableName,
    Key: { pk: { S: pk }, sk: { S: sk } },
  });
  const item = z.object({ Item: z.looseObject({ token: z.object({ S: z.string() }).optional() }) });
  return item.parse(found).Item.token?.S;
}

/** What SES tells EventBridge about a mail that nobody took. */
function bounceOf(reference: string) {
  const to = secretiveIntake.contactEmail;
  const mail = { destination: [to], tags: { mail: [`${reference}-1-0`] } };
  const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: to }] };
  return {
    source: 'aws.ses',
    'detail-type': 'Email Bounced',
    detail: { eventType: 'Bounce', mail, bounce },
  };
}

/** An onboarding whose run has failed, as the API shows it. */
const failedRun = z.object({ run: z.object({ status: z.literal('failed') }) });

/** What goes wrong in the deployed system, and how each ends in a state that is consistent and can be seen. */
export function faults(wave: string): void {
  it('books one place though the table throttles, and though the function is called again and again', async () => {
    let refusals = 0;
    const before = await customersOf(wave);
    const reference = await invited();
    const throttled = (operation: string): Fault => {
      if (operation !== 'TransactWriteItems' || refusals === 4) return undefined;
      refusals += 1;
      return { refused: 'ThrottlingException' };
    };
    await withFaults({ folder: 'schedule-wave', service: 'DYNAMODB' }, throttled, async () => {
      await answer(reference);
      await until(reference, 'WAVE_HELD');
    });
    expect(refusals).toBe(4);
    const happened = await happenings(reference);
    const again = { reference, run: 1 };
    await Promise.all([1, 2, 3].map(() => invoke('schedule-wave', again)));
    expect(await happenings(reference)).toEqual(happened);
    expect(await customersOf(wave)).toBe(Number(before) + 1);
    await withdrawn(reference);
    expect(await customersOf(wave)).toBe(before);
  });

  it('books one place when the function dies after its write, and finds it written when it is called again', async () => {
    let deaths = 0;
    const before = await customersOf(wave);
    const reference = await invited();
    const dies = (operation: string): Fault => {
      if (operation !== 'TransactWriteItems' || deaths === 1) return undefined;
      deaths += 1;
      return 'unanswered';
    };
    await withFaults({ folder: 'schedule-wave', service: 'DYNAMODB', timeout: 5 }, dies, async () => {
      await answer(reference);
      await until(reference, 'WAVE_HELD');
      await eventually('the step that follows', async () =>
        (await statesOf(reference)).includes('Ask customer to confirm wave') ? true : undefined,
      );
    });
    expect(deaths).toBe(1);
    expect((await happenings(reference)).filter((type) => type === 'WAVE_HELD')).toHaveLength(1);
    expect(await customersOf(wave)).toBe(Number(before) + 1);
    await withdrawn(reference);
    expect(await customersOf(wave)).toBe(before);
  });

  it('goes on while no mail can be sent, says so in the log, and sends it once mails are taken again', async () => {
    let reference = '';
    const refused = (): Fault => ({ refused: 'SendingPausedException' });
    await withFaults({ folder: 'send-mail', service: 'SESV2' }, refused, async () => {
      reference = await prospect();
      await until(reference, 'INVITED');
      const failed = await eventually('the fault in the log', async () =>
        (await loggedLines()).find((line) => line.includes('outbox_failed') && line.includes(reference)),
      );
      expect(failed).toContain('SendingPausedException');
    });
    expect(await mailsAbout(reference)).toEqual([]);
    // The entry rests for a while after the try: the function is told that it is later.
    const later = String((await clockOffset()) + 600);
    const restore = await configured('send-mail', { [clockOffsetSetting]: later });
    await Promise.all([invoke('send-mail'), invoke('send-mail')]);
    await eventually('the invitation', async () => (await mailsAbout(reference))[0]);
    expect(await mailsAbout(reference)).toHaveLength(1);
    await restore();
    await withdrawn(reference);
  });

  it('shows a mail that was lost, once however often it is told, with the ball at sales', async () => {
    const reference = await invited();
    for (let told = 0; told < 2; told += 1) await invoke('record-mail-event', bounceOf(reference));
    expect(await standingOf(reference)).toMatchObject({ ball: 'sales', contact: { mailBounced: true } });
    expect((await happenings(reference)).filter((type) => type === 'MAIL_NOT_DELIVERED')).toHaveLength(1);
    await withdrawn(reference);
  });

  it('leaves everything as it is when a wait is answered by its token after its time-out', async () => {
    const reference = await invited();
    const late = await eventually('the token of the wait', () => tokenOf(reference));
    await eventually('the next turn of the wait', async () =>
      (await tokenOf(reference)) === late ? undefined : true,
    );
    const answered = stepFunctions((client) =>
      client.send(new SendTaskSuccessCommand({ taskToken: late, output: '{"outcome":"DECLINED"}' })),
    );
    await expect(answered).rejects.toSatisfy(
      (error) => error instanceof TaskTimedOut || error instanceof TaskDoesNotExist,
    );
    expect(await standingOf(reference)).toMatchObject({ stage: 'INVITED' });
    expect(await runOf(reference)).toMatchObject({ status: 'RUNNING' });
    await answer(reference);
    await until(reference, 'WAVE_HELD');
    await withdrawn(reference);
  });

  it('shows a run that somebody stopped, with the ball at the operators, and goes on when it is resumed', async () => {
    const reference = await invited();
    await stop(reference);
    await eventually('the failed run', async () =>
      failedRun.safeParse(await standingOf(reference)).success ? true : undefined,
    );
    expect(await standingOf(reference)).toMatchObject({ stage: 'INVITED', ball: 'operator' });
    const reason = 'It was stopped by mistake';
    await act('POST', `/api/onboardings/${reference}/resumption`, { reason });
    await eventually('the second run', async () =>
      (await statesOf(reference, 2)).includes('Invite customer') ? true : undefined,
    );
    expect(await standingOf(reference)).toMatchObject({ stage: 'INVITED' });
    expect(await runOf(reference)).toMatchObject({ status: 'ABORTED' });
    await answer(reference);
    await until(reference, 'WAVE_HELD');
    await act('POST', `/api/onboardings/${reference}/withdrawal`, { reason: 'Only here for a fault' });
    expect(await endOf(reference, 2)).toEqual({ status: 'SUCCEEDED', output: { outcome: 'WITHDRAWN' } });
  });
}
