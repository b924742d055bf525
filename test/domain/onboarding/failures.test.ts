import { describe, expect, it } from 'vitest';
import { ConcurrentChangeError } from '../../../functions/domain/errors.ts';
import { failureTexts } from '../../../functions/domain/onboarding/failure-texts.ts';
import { failureClasses, failureClassOf, failureOf } from '../../../functions/domain/onboarding/failures.ts';
import { ServiceBusyError } from '../../../functions/platform/service-busy.ts';
import { ConditionFailedError } from '../../../functions/store/table.ts';

/** Names as services and programs report them, not those that the patterns are written with. */
const named = {
  busy: [
    'ThrottlingException',
    'Lambda.TooManyRequestsException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'Lambda.ServiceException',
    'TimeoutError',
    'ECONNRESET',
    new ServiceBusyError('busy').name,
    new ConcurrentChangeError().name,
    new ConditionFailedError('room').name,
  ],
  timed_out: ['States.Timeout', 'States.HeartbeatTimeout', 'TIMED_OUT', 'Sandbox.Timedout'],
  stopped: ['ABORTED'],
  settings: [
    'States.Permissions',
    'AccessDeniedException',
    'KMSAccessDeniedException',
    'MissingSettingError',
  ],
  data: ['ContractError', 'UnreadableItemError', 'UnexpectedStageError', '$ZodError'],
  limit: ['States.DataLimitExceeded', 'Lambda.RequestTooLargeException'],
  program: ['TypeError', 'Error', 'States.Runtime', 'Runtime.ExitError', 'constructor', '__proto__'],
  unknown: ['', 'FAILED', 'UNKNOWN', 'unknown', 'found by the sweeper'],
} as const;

describe('the class of a failure', () => {
  it.each(Object.entries(named).flatMap(([of, errors]) => errors.map((error) => [error, of] as const)))(
    'of %s is %s',
    (error, of) => {
      expect(failureClassOf({ error })).toBe(of);
    },
  );

  it('is none for a run that has not failed, and not known for one without the name of an error', () => {
    expect(failureOf({ status: 'running', error: 'Error' })).toBeUndefined();
    expect(failureOf({ status: 'failed' })).toBe('unknown');
  });

  it('lets operators resume at once only where nothing has to be repaired', () => {
    const waiting = failureClasses.filter((failure) => !failureTexts[failure].resumesAtOnce);
    expect(waiting).toEqual(['settings', 'data', 'program']);
    for (const failure of waiting) expect(failureTexts[failure].next.en).toMatch(/^Tell the engineers/);
  });
});
