import * as z from 'zod';
import { jsonSchema } from './json.ts';

// Exactly the fields this interpreter carries out; every other field is refused when a definition is loaded.

const names = z.array(z.string()).min(1);
const seconds = z.int().min(1).max(99_999_999);
const path = z.string();
const pathOrNull = path.nullable();

const retrierSchema = z.strictObject({
  ErrorEquals: names,
  IntervalSeconds: z.int().min(1).max(99_999_999).optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
  Comment: z.string().optional(),
});
export type Retrier = z.infer<typeof retrierSchema>;

const catcherSchema = z.strictObject({
  ErrorEquals: names,
  Next: z.string(),
  ResultPath: pathOrNull.optional(),
  Comment: z.string().optional(),
});

const base = {
  Comment: z.string().optional(),
  InputPath: pathOrNull.optional(),
  OutputPath: pathOrNull.optional(),
};
const flow = { Next: z.string().optional(), End: z.literal(true).optional() };
const result = { ResultSelector: jsonSchema.optional(), ResultPath: pathOrNull.optional() };
const recovery = { Retry: z.array(retrierSchema).optional(), Catch: z.array(catcherSchema).optional() };

const innerMachine = {
  StartAt: z.string(),
  States: z.record(z.string(), z.unknown()),
  Comment: z.string().optional(),
};

export const stateSchema = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('Task'),
    ...base,
    ...flow,
    ...result,
    ...recovery,
    Resource: z.string(),
    Parameters: jsonSchema.optional(),
    TimeoutSeconds: seconds.optional(),
    HeartbeatSeconds: seconds.optional(),
  }),
  z.strictObject({
    Type: z.literal('Pass'),
    ...base,
    ...flow,
    Parameters: jsonSchema.optional(),
    Result: jsonSchema.optional(),
    ResultPath: pathOrNull.optional(),
  }),
  z.strictObject({
    Type: z.literal('Wait'),
    ...base,
    ...flow,
    Seconds: z.int().min(0).max(99_999_999).optional(),
    SecondsPath: path.optional(),
    Timestamp: z.string().optional(),
    TimestampPath: path.optional(),
  }),
  z.strictObject({
    Type: z.literal('Choice'),
    ...base,
    Choices: z.array(z.unknown()).min(1),
    Default: z.string().optional(),
  }),
  z.strictObject({ Type: z.literal('Succeed'), ...base }),
  z.strictObject({
    Type: z.literal('Fail'),
    Comment: z.string().optional(),
    Error: z.string().optional(),
    Cause: z.string().optional(),
    ErrorPath: z.string().optional(),
    CausePath: z.string().optional(),
  }),
  z.strictObject({
    Type: z.literal('Parallel'),
    ...base,
    ...flow,
    ...result,
    ...recovery,
    Parameters: jsonSchema.optional(),
    Branches: z.array(z.strictObject(innerMachine)).min(1),
  }),
  z.strictObject({
    Type: z.literal('Map'),
    ...base,
    ...flow,
    ...result,
    ...recovery,
    ItemsPath: path.optional(),
    ItemSelector: jsonSchema.optional(),
    MaxConcurrency: z.int().min(0).optional(),
    ItemProcessor: z.strictObject({
      ...innerMachine,
      ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }).optional(),
    }),
  }),
]);
export type StateFields = z.infer<typeof stateSchema>;

export const machineSchema = z.strictObject({
  Comment: z.string().optional(),
  StartAt: z.string(),
  States: z.record(z.string(), z.unknown()),
  TimeoutSeconds: seconds.optional(),
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal('JSONPath').optional(),
});

/** What a machine may not say here, by where it stands. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly machine: string;
  readonly state: string | undefined;
  readonly field: string;

  constructor(where: { machine: string; state?: string | undefined; field: string }, problem: string) {
    const state = where.state === undefined ? '' : ` state "${where.state}",`;
    super(`State machine ${where.machine},${state} field ${where.field}: ${problem}`);
    this.machine = where.machine;
    this.state = where.state;
    this.field = where.field;
  }
}

/** The first refusal of a schema as field and sentence. */
export function firstProblem(error: z.ZodError): { field: string; problem: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { field: '', problem: error.message };
  const at = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return { field: at.join('.'), problem: issue.message };
  const [unknown = ''] = issue.keys;
  return { field: [...at, unknown].join('.'), problem: 'is not supported' };
}
