import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { errorName, type Logger } from './log.ts';

/** The input or output of a task violates its contract. A retry cannot succeed. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  constructor(side: 'input' | 'output', paths: readonly string[]) {
    super(`The ${side} of the task violates its contract at: ${paths.join(', ')}`);
  }
}

interface Contract<I extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly folder: string;
  readonly input: I;
  readonly output: O;
}

function parse<T extends z.ZodMiniType>(schema: T, value: unknown, side: 'input' | 'output'): z.infer<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new ContractError(
    side,
    parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)'),
  );
}

const subjectOf = z.object({ reference: z.optional(z.string()), run: z.optional(z.number()) });

/** 75 % of Step Functions' payload limit, in bytes: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const largePayload = 0.75 * 262_144;

function isLarge(payload: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(payload) ?? '') > largePayload;
}

function logged(task: string, logger: Logger): MiddlewareObj<unknown, unknown, Error> {
  function about(event: unknown) {
    const subject = z.safeParse(subjectOf, event);
    const { reference, run } = subject.success ? subject.data : {};
    return {
      task,
      ...(reference === undefined ? {} : { onboardingId: reference }),
      ...(run === undefined ? {} : { run }),
    };
  }
  return {
    before: ({ event }) => {
      if (isLarge(event)) logger.log('payload_large', about(event));
    },
    after: ({ event }) => logger.log('task_done', about(event)),
    onError: ({ event, error }) => logger.log('task_failed', { ...about(event), error: errorName(error) }),
  };
}

/** A task as invoked by Lambda and the local runtime. */
export type TaskHandler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * Wraps a task in the common middleware: parses input and output by the contract and writes one log entry.
 *
 * @throws ContractError when the input or the output violates the contract.
 */
export function createTask<I extends z.ZodMiniType, O extends z.ZodMiniType>(
  contract: Contract<I, O>,
  logger: Logger,
  run: (input: z.infer<I>) => Promise<z.infer<O>>,
): TaskHandler {
  const chain = middy<unknown, unknown>(async (event: unknown) =>
    parse(contract.output, await run(parse(contract.input, event, 'input')), 'output'),
  ).use(logged(contract.folder, logger));
  return async (event, context) => chain(event, context);
}
