import * as z from 'zod';
import { ApiError } from './api-error.ts';
import { statuses } from './execution.ts';

// Unknown fields pass, as the service lets them; the fields that are read are checked.
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
  RedriveExecution: z.object({
    executionArn: z.string(),
    clientToken: z.string().min(1).max(64).nullish(),
  }),
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

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | null | undefined;
}

/**
 * A page of a list and the token of the next one. The token names the last item of its page by `key`, which falls along
 * the list: items that come or go between two pages make it skip or repeat none. Throws `InvalidToken` for a token of
 * another list.
 */
export function pageOf<T>(
  list: string,
  items: readonly T[],
  key: (item: T) => number,
  request: PageRequest,
): { page: readonly T[]; next: { nextToken?: string } } {
  const after = request.nextToken == null ? Number.POSITIVE_INFINITY : readPageToken(list, request.nextToken);
  const rest = items.filter((item) => key(item) < after);
  // 0 means the default: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
  const page = rest.slice(0, request.maxResults || defaultPage);
  const last = page.at(-1);
  const more = last !== undefined && page.length < rest.length;
  return { page, next: more ? { nextToken: pageToken(list, key(last)) } : {} };
}

const pageToken = (list: string, key: number): string => Buffer.from(`${list}:${key}`).toString('base64url');

function readPageToken(list: string, text: string): number {
  const [name, key = ''] = Buffer.from(text, 'base64url').toString().split(':');
  if (name !== list || !/^-?\d+$/.test(key)) throw new ApiError('InvalidToken', `Invalid Token: '${text}'`);
  return Number(key);
}
