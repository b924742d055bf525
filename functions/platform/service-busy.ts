/**
 * A service asks to be called later, or is closed to the whole account: no fault of what was to be sent. `cause` is its
 * own error.
 */
export class ServiceBusyError extends Error {
  override readonly name = 'ServiceBusyError';
}

/** How AWS services name it: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const busyNames: ReadonlySet<string> = new Set([
  'ExecutionLimitExceeded',
  'LimitExceededException',
  'RequestLimitExceeded',
  'SendingPausedException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/**
 * Calls a service.
 *
 * @throws ServiceBusyError when it says that it is too busy; every other error as it is.
 */
export async function unlessBusy<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && busyNames.has(error.name)) {
      throw new ServiceBusyError('The service is too busy', { cause: error });
    }
    throw error;
  }
}
