import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod';

const json = z.record(z.string(), z.unknown());
const media = z.object({ schema: z.object({ $ref: z.string() }), example: z.unknown().optional() });
const response = z.object({
  description: z.string(),
  headers: json.optional(),
  /** A status without a body has none. */
  content: z.record(z.string(), media).default({}),
});
const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.string(),
      description: z.string().optional(),
      schema: json.optional(),
    }),
  ),
  requestBody: z.object({ required: z.literal(true), content: z.record(z.string(), media) }).optional(),
  responses: z.record(z.string(), response),
});
export const openApi = z.object({
  openapi: z.literal('3.1.1'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), json),
    securitySchemes: z.object({
      clientCredentials: z.object({
        type: z.literal('oauth2'),
        flows: z.object({
          clientCredentials: z.object({ tokenUrl: z.string(), scopes: z.record(z.string(), z.string()) }),
        }),
      }),
    }),
  }),
});
export type OpenApi = z.infer<typeof openApi>;

export interface Described {
  readonly path: string;
  readonly method: string;
  readonly scope: string | undefined;
  readonly operation: z.infer<typeof operation>;
}

export function operationsOf({ paths }: OpenApi): readonly Described[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => ({
      path,
      method: method.toUpperCase(),
      scope: found.security[0]?.['clientCredentials']?.[0],
      operation: found,
    })),
  );
}

function matches(template: string, path: string): boolean {
  const pattern = template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

/** Holds answers to the API's own description of them. */
export function createContract(document: unknown) {
  const described = openApi.parse(document);
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: json.parse(json.parse(document)['components']) }, 'api');
  ajv.addKeyword('components');

  function problemsWith(ref: string, value: unknown): readonly string[] {
    const validate = ajv.compile({ $ref: `api${ref}` });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  /** What is wrong with an answer; empty when it is as described. */
  function problemsOfAnswer(method: string, path: string, status: number, type: string, body: unknown) {
    const found = operationsOf(described).find((one) => one.method === method && matches(one.path, path));
    const content = found?.operation.responses[String(status)]?.content;
    const ref =
      content?.[type]?.schema.$ref ??
      // No operation stands at an unknown address or method: their problems have the same shape.
      (found === undefined && [404, 405].includes(status) ? '#/components/schemas/Problem' : undefined);
    return ref === undefined
      ? [`${method} ${path} does not describe ${status} ${type}`]
      : problemsWith(ref, body);
  }

  return { described, problemsWith, problemsOfAnswer };
}
