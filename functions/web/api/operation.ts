import * as z from 'zod/mini';
import type { ApplicationDependencies } from '../../application/dependencies.ts';
import type { Actor } from '../../domain/onboarding/actor.ts';
import type { Language } from '../../domain/text.ts';
import type { Links } from '../../platform/links.ts';
import { type PlacedProblem, problemsFound } from './field-errors.ts';
import { invalidFields } from './problem.ts';
import type { ProblemCode } from './problem-catalogue.ts';
import type { Scope } from './scopes.ts';

/** Dependencies of the operations. */
export interface OperationDependencies extends ApplicationDependencies {
  readonly links: Links;
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
export type ParameterName = 'reference' | 'code' | 'id' | 'approval' | 'problem';

export interface Call<Query, Body> {
  readonly dependencies: OperationDependencies;
  readonly language: Language;
  readonly who: Actor;
  readonly query: Query;
  readonly body: Body;
  /** The parsed value of a path parameter. */
  readonly parameter: (name: ParameterName) => string;
  /** Empty unless the operation requires one. */
  readonly idempotencyKey: string;
  /** The header If-Match; undefined unless the operation is conditional and the client sent it. */
  readonly ifMatch: string | undefined;
  /** The description of the API. */
  readonly description: () => Readonly<Record<string, unknown>>;
}

/** The type of a schema's value, deeply read-only. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

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
  /** Operators with an access token of their own may use it: beside clients, or nobody else. */
  readonly operators?: 'too' | 'only';
  /** Whether an `Idempotency-Key` header is required. */
  readonly idempotent?: true;
  /** Whether it may depend on the version of what it changes, named in an `If-Match` header. */
  readonly conditional?: true;
  /** Problems beyond those that all similar operations share. */
  readonly problems: readonly ProblemCode[];
}

/** What an operation answers, as it is described. */
interface Answer<Result> {
  readonly description: string;
  readonly schema: z.ZodMiniType<Result>;
  readonly example: NoInfer<Frozen<Result>>;
}

interface Success<Result> extends Answer<Result> {
  readonly status: 200 | 201;
  /** The last segment of the new resource's URL. */
  readonly location?: (result: Frozen<Result>) => string;
  /** The entity tag of the representation. */
  readonly etag?: (result: Frozen<Result>) => string;
}

/** The result of a request that is stored and waits for a second person: 202. */
export class Pending<Waiting> {
  readonly body: Waiting;

  constructor(body: Waiting) {
    this.body = body;
  }
}

interface Definition<Query, Body, Result, Waiting> extends Row {
  readonly query: z.ZodMiniType<Query>;
  readonly body: BodyReader<Body>;
  readonly success: Success<Result>;
  /** For an operation whose request may have to wait for a second person. */
  readonly accepted?: Answer<Waiting>;
  handle(call: Call<Query, Body>): Promise<Frozen<NoInfer<Result>> | Pending<Frozen<NoInfer<Waiting>>>>;
}

/** A request whose path, headers and body were read but not yet validated. */
export type RawCall = Call<unknown, unknown>;

export interface Reply {
  readonly status: 200 | 201 | 202;
  readonly body: unknown;
  readonly location?: string;
  readonly etag?: string;
}

/** An operation with its request and response types hidden. */
export interface Operation extends Row {
  readonly query: z.ZodMiniType;
  readonly body: Omit<BodyReader<unknown>, 'read'>;
  readonly success: Omit<Success<unknown>, 'location' | 'etag'> & {
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

export function defineOperation<Query, Body, Result, Waiting = never>(
  definition: Definition<Query, Body, Result, Waiting>,
): Operation {
  const { query: querySchema, body: bodyReader, success, accepted, handle, ...row } = definition;
  const { location, etag, ...described } = success;
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
      const result = await handle({ ...call, query: query.data, body: body.value });
      if (result instanceof Pending) return { status: 202, body: result.body };
      return {
        status: success.status,
        body: result,
        ...(location === undefined ? {} : { location: location(result) }),
        ...(etag === undefined ? {} : { etag: etag(result) }),
      };
    },
  };
}
