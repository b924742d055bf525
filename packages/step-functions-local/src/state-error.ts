import type { Json } from './json.ts';

/** An error inside a running state, by the name that `Retry` and `Catch` match; a Fail state may give none. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | undefined;
  readonly reason: string | undefined;

  constructor(error: string | undefined, reason?: string) {
    super(`${error ?? 'no error name'}: ${reason ?? 'no cause'}`);
    this.error = error;
    this.reason = reason;
  }
}

/** A path of the definition has no value: fails the run, past any `Catch`. */
export const runtimeError = (reason: string): StateError => new StateError('States.Runtime', reason);

/** Largest input or output of a state, in bytes of UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const largestPayload = 262_144;

/** Throws States.DataLimitExceeded when the text is larger than a state may take or give. */
export function checkSize(text: string, what: string): void {
  if (text.length * 3 <= largestPayload || Buffer.byteLength(text) <= largestPayload) return;
  throw new StateError(
    'States.DataLimitExceeded',
    `${what} with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** A cause longer than this is cut: https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
const longestCause = 32_768;

/** What a function throws, as Lambda reports it: the error's `name`, and a JSON text as cause. */
export function lambdaFailure(thrown: unknown): StateError {
  if (!(thrown instanceof Error)) {
    return new StateError(
      'Error',
      JSON.stringify({ errorType: typeof thrown, errorMessage: String(thrown), trace: [] }),
    );
  }
  const trace = (thrown.stack ?? '').split('\n');
  const report = { errorType: thrown.name, errorMessage: thrown.message, trace };
  const full = JSON.stringify(report);
  const cause = full.length <= longestCause ? full : JSON.stringify({ ...report, trace: [] });
  return new StateError(thrown.name, cause.slice(0, longestCause));
}

/** What `Catch` places at its ResultPath. */
export const errorOutput = (error: StateError): Json => ({
  Error: error.error ?? '',
  Cause: error.reason ?? '',
});

/** As the history shows it: only what was given. */
export const errorDetails = (
  error: string | null | undefined,
  cause: string | null | undefined,
): Record<string, unknown> => ({ ...(error == null ? {} : { error }), ...(cause == null ? {} : { cause }) });

/** A run cannot survive these, whatever the definition says. */
const isFatal = (error: StateError): boolean => error.error === 'States.Runtime';

/**
 * Whether a name in `ErrorEquals` covers the error. A missed heartbeat is also a States.Timeout;
 * States.TaskFailed covers everything but time-outs; States.ALL everything but States.DataLimitExceeded;
 * nothing covers States.Runtime.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function covers(names: readonly string[], error: StateError): boolean {
  if (isFatal(error)) return false;
  const timedOut = error.error === 'States.Timeout' || error.error === 'States.HeartbeatTimeout';
  return names.some((name) => {
    if (name === error.error) return true;
    if (name === 'States.ALL') return error.error !== 'States.DataLimitExceeded';
    if (name === 'States.Timeout') return timedOut;
    return name === 'States.TaskFailed' && !timedOut;
  });
}
