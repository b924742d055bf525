import * as z from 'zod';
import { ApiError } from './api-error.ts';
import { statuses } from './execution.ts';

// Unknown fields pass, as the service lets them; what is read is checked.
const page = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().nullish() };
const token = z.string();

export const requests = {
  StartExecution: z.object({
    stateMachineArn: z.string(),
    name: z.string().nullish(),
    input: z.string().nullish(),
  }),
  DescribeExecution: z.object({ executionArn: z.string() }),
  ListExecutions: z.object({
    stateMachineArn: z.string(),
    statusFilter: z.enum([...statuses, 'PENDING_REDRIVE']).nullish(),
    redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).nullish(),
    ...page,
  }),
  GetExecutionHistory: z.object({
    executionArn: z.string(),
    reverseOrder: z.boolean().nullish(),
    includeExecutionData: z.boolean().nullish(),
    ...page,
  }),
  SendTaskSuccess: z.object({ taskToken: token, output: z.string() }),
  SendTaskFailure: z.object({
    taskToken: token,
    error: z.string().max(256).nullish(),
    cause: z.string().max(32_768).nullish(),
  }),
  SendTaskHeartbeat: z.object({ taskToken: token }),
  StopExecution: z.object({
    executionArn: z.string(),
    error: z.string().max(256).nullish(),
    cause: z.string().max(32_768).nullish(),
  }),
  RedriveExecution: z.object({ executionArn: z.string(), clientToken: z.string().nullish() }),
  DescribeStateMachine: z.object({ stateMachineArn: z.string() }),
  ListStateMachines: z.object({ ...page }),
} as const;

type Requests = typeof requests;
export type Operation = keyof Requests;
export type RequestOf<O extends Operation> = z.infer<Requests[O]>;

export const isOperation = (name: string): name is Operation => Object.hasOwn(requests, name);

/** Throws `ValidationException` for a body that is not the operation's. */
export function parseRequest<O extends Operation>(operation: O, body: unknown): RequestOf<O>;
export function parseRequest(operation: Operation, body: unknown): unknown {
  const parsed = requests[operation].safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new ApiError(
    'ValidationException',
    `1 validation error detected at '${field}': ${issue?.message ?? ''}`,
  );
}

const defaultPage = 100;

/** A page of a list and the token of the next one; throws `InvalidToken` for a token that is not ours. */
export function pageOf<T>(
  all: readonly T[],
  request: { readonly maxResults?: number | undefined; readonly nextToken?: string | null | undefined },
): { page: readonly T[]; next: { nextToken?: string } } {
  const from = request.nextToken == null ? 0 : readPageToken(request.nextToken);
  // 0 means the default: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
  const size =
    request.maxResults === undefined || request.maxResults === 0 ? defaultPage : request.maxResults;
  const to = from + size;
  return { page: all.slice(from, to), next: to < all.length ? { nextToken: pageToken(to) } : {} };
}

const pageToken = (from: number): string => Buffer.from(`page:${from}`).toString('base64url');

function readPageToken(text: string): number {
  const match = /^page:(\d+)$/.exec(Buffer.from(text, 'base64url').toString());
  if (match?.[1] === undefined) throw new ApiError('InvalidToken', `Invalid Token: '${text}'`);
  return Number(match[1]);
}
