import * as z from 'zod';
import { jsonSchema } from './json.ts';

// Exactly the fields that are carried out; every other field is refused when a definition is loaded.

const names = z.array(z.string()).min(1);
const seconds = z.int().min(1).max(99_999_999);
const resultPath = z.string().nullable().optional();

const retrierSchema = z.strictObject({
  ErrorEquals: names,
  IntervalSeconds: seconds.optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
export type Retrier = z.infer<typeof retrierSchema>;

const catcherSchema = z.strictObject({ ErrorEquals: names, Next: z.string(), ResultPath: resultPath });
export type CatcherFields = z.infer<typeof catcherSchema>;

const choiceSchema = z.strictObject({
  Variable: z.string(),
  StringEquals: z.string().optional(),
  IsPresent: z.boolean().optional(),
  Next: z.string(),
});
export type ChoiceFields = z.infer<typeof choiceSchema>;

const comment = { Comment: z.string().optional() };
const flow = { Next: z.string().optional(), End: z.literal(true).optional() };

export const stateSchema = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('Task'),
    ...comment,
    Resource: z.string(),
    Parameters: z.record(z.string(), jsonSchema).optional(),
    ResultSelector: jsonSchema.optional(),
    ResultPath: resultPath,
    TimeoutSeconds: seconds.optional(),
    HeartbeatSeconds: seconds.optional(),
    Retry: z.array(retrierSchema).optional(),
    Catch: z.array(catcherSchema).optional(),
    ...flow,
  }),
  z.strictObject({
    Type: z.literal('Pass'),
    ...comment,
    Parameters: jsonSchema.optional(),
    Result: jsonSchema.optional(),
    ResultPath: resultPath,
    ...flow,
  }),
  z.strictObject({
    Type: z.literal('Choice'),
    ...comment,
    Choices: z.array(choiceSchema).min(1),
    Default: z.string().optional(),
  }),
  z.strictObject({ Type: z.literal('Succeed'), ...comment, OutputPath: z.string().optional() }),
  z.strictObject({
    Type: z.literal('Fail'),
    ...comment,
    Error: z.string().optional(),
    Cause: z.string().optional(),
  }),
]);
export type StateFields = z.infer<typeof stateSchema>;
export type FieldsOf<T extends StateFields['Type']> = Extract<StateFields, { Type: T }>;

export const machineSchema = z.strictObject({
  ...comment,
  StartAt: z.string(),
  States: z.record(z.string(), z.unknown()),
  TimeoutSeconds: seconds.optional(),
});

/** A definition that would not be carried out as AWS does, by machine, state and field. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly machine: string;
  readonly state: string | undefined;
  readonly field: string;

  constructor(where: { machine: string; state?: string; field: string }, problem: string) {
    const state = where.state === undefined ? '' : ` state "${where.state}",`;
    super(`State machine ${where.machine},${state} field ${where.field}: ${problem}.`);
    this.machine = where.machine;
    this.state = where.state;
    this.field = where.field;
  }
}

const unsupported = 'is not supported; the README of step-functions-local says what takes its place';

const fieldAt = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);

const typed = z.object({ Type: z.unknown() });

/** The first refusal of a schema as field and sentence. */
export function firstProblem(error: z.ZodError, raw: unknown): { field: string; problem: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { field: '', problem: error.message };
  if (issue.code === 'unrecognized_keys') {
    const [unknown = ''] = issue.keys;
    return { field: fieldAt([...issue.path, unknown]), problem: unsupported };
  }
  const type = JSON.stringify(typed.safeParse(raw).data?.Type);
  const problem = issue.code === 'invalid_union' ? `${type} ${unsupported}` : issue.message;
  return { field: fieldAt(issue.path), problem };
}
