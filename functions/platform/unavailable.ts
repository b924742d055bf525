import * as z from 'zod/mini';

/** What the AWS SDK says of an error; it has tried again by then. */
const serviceError = z.union([
  z.object({ $fault: z.literal('server') }),
  z.object({ $metadata: z.object({ httpStatusCode: z.number().check(z.gte(500)) }) }),
  z.object({ $retryable: z.object({}) }),
  z.object({ code: z.enum(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN']) }),
  z.object({
    name: z.enum(['TimeoutError', 'ThrottlingException', 'ProvisionedThroughputExceededException']),
  }),
]);

/**
 * True for an error of a service that does not answer for the moment: the same request may succeed a little later. Whether
 * it was carried out is not known.
 */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && serviceError.safeParse({ ...error, name: error.name }).success;
}
