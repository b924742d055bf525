import * as z from 'zod/mini';
import type { ApplicationDependencies } from '../../application/dependencies.ts';
import type { Actor } from '../../domain/onboarding/actor.ts';
import { canonical } from '../../domain/onboarding/audit-chain.ts';
import type { Language } from '../../domain/text.ts';
import type { Published } from '../../domain/trust/publication.ts';
import type { Links } from '../../platform/links.ts';
import type { Logger } from '../../platform/log.ts';
import type { SealKey } from '../../platform/seal-key.ts';
import type { KnownRequest, Request } from '../../store/requests.ts';
import { type PlacedProblem, problemsFound } from './field-errors.ts';
import { invalidFields } from './problem.ts';
import type { ProblemCode } from './problem-catalogue.ts';
import type { Scope } from './scopes.ts';

/** Dependencies of the operations. */
export interface OperationDependencies extends ApplicationDependencies {
  readonly links: Links;
  readonly publication: () => Promise<Published>;
  readonly sealKey: SealKey;
  readonly logger: Logger;
  /** Account owner of an onboarding when the request that starts it names none. */
  readonly sales: { readonly owner: string; readonly team: string };
}

export type Read<T> = { readonly value: T } | { readonly problems: readonly PlacedProblem[] };

/** The body of a request: its documented schema and its reader. */
export interface BodyReader<T> {
  readonly schema: z.ZodMiniType | undefined;
  readonly example: unknown;
  read(sent: unknown, dependencies: OperationDependencies): Read<T>;
}

/** The path parameters; each has one meaning and one reader in all paths. */
export type ParameterName = 'reference' | 'code' | 'id' | 'gate' | 'approval' | 'problem';

export interface Call<Query, Body> {
  readonly dependencies: OperationDependencies;
  readonly language: Language;
  readonly who: Actor;
  readonly query: Query;
  readonly body: Body;
  /** The parsed value of a path parameter. */
  readonly parameter: (name: ParameterName) => string;
  /** The client's own key of the request; undefined when it sent none. */
  readonly idempotencyKey: string | undefined;
  /** The request by its key. */
  readonly request: Request | undefined;
  /** The header If-Match; undefined unless the operation is conditional and the client sent it. */
  readonly ifMatch: string | undefined;
  /** The description of the API. */
  readonly description: () => Promise<Readonly<Record<string, unknown>>>;
}

/** The type of a schema's value, deeply read-only. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export type Status = 200 | 201 | 202;

export type Method = 'GET' | 'POST' | 'PATCH';

/** A row of the route table, which routing, authorisation, validation and the API description read. */
interface Row {
  /** Unique; also used in logs. */
  readonly id: string;
  readonly method: Method;
  /** Below `/api`, with parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** The scope that a client needs; undefined for what is public, or for operators alone. */
  readonly scope: Scope | undefined;
  /** Operators with an access token of their own may use it: beside clients, or no one else. */
  readonly operators?: 'too' | 'only';
  /** Whether an `Idempotency-Key` header is required. */
  readonly idempotent?: true;
  /** Whether it may depend on the version of what it changes, named in an `If-Match` header. */
  readonly conditional?: true;
  /** Seconds for which anyone may keep the answer; only what is public has them. */
  readonly cacheSeconds?: number;
  /** Problems beyond those that all similar operations share. */
  readonly problems: readonly ProblemCode[];
}

/** What an operation answers, as it is described. */
interface Answer<Result> {
  readonly description: string;
  readonly schema: z.ZodMiniType<Result>;
  readonly example: NoInfer<Frozen<Result>>;
}

interface Success<Query, Body, Result, Waiting> extends Answer<Result> {
  readonly status: 200 | 201;
  /** The last segment of the new resource's URL. */
  readonly location?: (result: Frozen<Result>) => string;
  /** The entity tag of the representation. */
  readonly etag?: (result: Frozen<Result>) => string;
  /** The answer to a request that was carried out before with the same key: made anew, without a second act. */
  readonly again?: (
    call: Call<Query, Body>,
    known: KnownRequest,
  ) => Promise<Frozen<NoInfer<Result>> | Pending<Frozen<NoInfer<Waiting>>>>;
}

/** The result of a request that is stored and waits for a second person: 202. */
export class Pending<Waiting> {
  readonly body: Waiting;

  constructor(body: Waiting) {
    this.body = body;
  }
}

/** Every POST says how it is answered when it is repeated. */
type Repeatable<Query, Body, Result, Waiting> =
  | (Row & {
      readonly method: Exclude<Method, 'POST'>;
      readonly success: Success<Query, Body, Result, Waiting>;
    })
  | (Row & {
      readonly method: 'POST';
      readonly success: Success<Query, Body, Result, Waiting> &
        Required<Pick<Success<Query, Body, Result, Waiting>, 'again'>>;
    });

type Definition<Query, Body, Result, Waiting> = Repeatable<Query, Body, Result, Waiting> & {
  readonly query: z.ZodMiniType<Query>;
  readonly body: BodyReader<Body>;
  /** For an operation whose request may have to wait for a second person. */
  readonly accepted?: Answer<Waiting>;
  /** The body as earlier releases compared it. */
  readonly formerBody?: (body: Body) => string;
  handle(call: Call<Query, Body>): Promise<Frozen<NoInfer<Result>> | Pending<Frozen<NoInfer<Waiting>>>>;
};

/** A request whose path, headers and body were read but not yet validated. */
export type RawCall = Omit<Call<unknown, unknown>, 'request'>;

export interface Reply {
  readonly status: Status;
  readonly body: unknown;
  readonly location?: string;
  readonly etag?: string;
}

/** An operation with its request and response types hidden. */
export interface Operation extends Row {
  readonly query: z.ZodMiniType;
  readonly body: Omit<BodyReader<unknown>, 'read'>;
  readonly success: Omit<Success<unknown, unknown, unknown, unknown>, 'location' | 'etag' | 'again'> & {
    readonly located: boolean;
    readonly tagged: boolean;
  };
  readonly accepted?: Answer<unknown>;
  /** @throws ApiProblem, BusinessError */
  run(call: RawCall): Promise<Reply>;
}

export const noQuery = z.strictObject({});

export const noBody: BodyReader<undefined> = {
  schema: undefined,
  example: undefined,
  read: () => ({ value: undefined }),
};

/** A body that its schema validates completely. */
export function bodyOf<T>(schema: z.ZodMiniType<T>, example: NoInfer<Frozen<T>>): BodyReader<T> {
  return {
    schema,
    example,
    read: (sent) => {
      const result = z.safeParse(schema, sent);
      return result.success ? { value: result.data } : { problems: problemsFound(result.error.issues, sent) };
    },
  };
}

const pathParameters = ['reference', 'code', 'id', 'gate', 'approval', 'problem'] as const;
const statuses: readonly Status[] = [200, 201, 202];

interface Ways<Query, Body, Result> {
  readonly handle: (call: Call<Query, Body>) => Promise<Result>;
  readonly again: ((call: Call<Query, Body>, known: KnownRequest) => Promise<Result>) | undefined;
  /** The onboarding that the request is about, if it names one. */
  readonly reference: string | undefined;
}

/** The request by its client's key; the same key for another path or with another body is another request. */
async function requestOf(
  {
    method,
    path,
    success,
  }: {
    readonly method: Method;
    readonly path: string;
    readonly success: { readonly status: Status };
  },
  { who, idempotencyKey, parameter, dependencies: { links } }: RawCall,
  body: unknown,
  formerBody: string | undefined,
): Promise<Request | undefined> {
  if (method !== 'POST' || idempotencyKey === undefined) return undefined;
  const address = path.replace(/\{(\w+)\}/g, (_, name) =>
    parameter(pathParameters.find((known) => known === name) ?? 'id'),
  );
  const digest = await links.digest(`${address}\n${canonical(body)}`);
  const scope = `${who.kind === 'machine' ? 'api' : who.kind}:${who.id}`;
  return { scope, key: idempotencyKey, body: digest, formerBody, status: success.status, waitingStatus: 202 };
}

/** Carries a request out once: the key is kept with what is done, and a repeat does nothing. */
async function carriedOut<Query, Body, Result>(
  call: Call<Query, Body>,
  status: Status,
  { handle, again, reference }: Ways<Query, Body, Result>,
): Promise<{ status: Status; result: Result }> {
  const { request, dependencies } = call;
  if (request === undefined || again === undefined) return { status, result: await handle(call) };
  const { requests } = dependencies.store;
  const repeated = async (known: KnownRequest) => ({
    status: statuses.find((each) => each === known.status) ?? status,
    result: await again(call, known),
  });
  const before = await requests.earlier(request);
  if (before !== undefined) return repeated(before);
  const { store, keep } = dependencies.store.forRequest(request);
  try {
    const result = await handle({ ...call, dependencies: { ...dependencies, store } });
    await keep({ reference, waits: result instanceof Pending });
    return { status, result };
  } catch (error) {
    // Another call with the same key came first, or this one's act was stored before it failed.
    const known = await requests.earlier(request);
    if (known === undefined) throw error;
    return repeated(known);
  }
}

export function defineOperation<Query, Body, Result, Waiting = never>(
  definition: Definition<Query, Body, Result, Waiting>,
): Operation {
  const { query: querySchema, body: bodyReader, success, accepted, handle, formerBody, ...row } = definition;
  const { location, etag, again, ...described } = success;
  return {
    ...row,
    query: querySchema,
    body: { schema: bodyReader.schema, example: bodyReader.example },
    success: { ...described, located: location !== undefined, tagged: etag !== undefined },
    ...(accepted === undefined ? {} : { accepted }),
    run: async (call) => {
      const query = z.safeParse(querySchema, call.query);
      if (!query.success) {
        throw invalidFields('invalid_parameter', problemsFound(query.error.issues, call.query));
      }
      const body = bodyReader.read(call.body, call.dependencies);
      if ('problems' in body) throw invalidFields('invalid_input', body.problems);
      const request = await requestOf(definition, call, body.value, formerBody?.(body.value));
      const reference = row.path.includes('{reference}') ? call.parameter('reference') : undefined;
      const typed = { ...call, request, query: query.data, body: body.value };
      const { status, result } = await carriedOut(typed, success.status, { handle, again, reference });
      if (result instanceof Pending) return { status: 202, body: result.body };
      return {
        status,
        body: result,
        ...(location === undefined ? {} : { location: location(result) }),
        ...(etag === undefined ? {} : { etag: etag(result) }),
      };
    },
  };
}
