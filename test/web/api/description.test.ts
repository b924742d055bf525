import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { questions } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { validateAnswers } from '../../../functions/domain/questionnaire/validate-answers.ts';
import { openApiDocument } from '../../../functions/web/api/openapi.ts';
import { routes } from '../../../functions/web/api/routes.ts';
import { described, descriptions } from '../../../functions/web/api/schemas/registry.ts';
import { scopes } from '../../../functions/web/api/scopes.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startApiUnderTest } from './api-under-test.ts';
import { operationsOf } from './contract.ts';

type Api = Awaited<ReturnType<typeof startApiUnderTest>>;
let api: Api;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.runtime.close());

const references = z.string().regex(/^#\/components\/schemas\/\w+$/);

function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [references.parse(inner)] : refsIn(inner),
  );
}

interface Property {
  readonly name: string;
  readonly says: unknown;
}

/** Every property of every schema, with what is said of it: in its place, or of the schema it refers to. */
function propertiesIn(value: unknown): readonly Property[] {
  if (Array.isArray(value)) return value.flatMap(propertiesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {} } = schemaWithProperties.safeParse(value).data ?? {};
  const own = Object.entries(properties).map(([name, { description, $ref }]) => ({
    name,
    says: description ?? $ref,
  }));
  return [...own, ...Object.values(value).flatMap(propertiesIn)];
}
const schemaWithProperties = z.object({
  properties: z.optional(
    z.record(z.string(), z.object({ description: z.optional(z.string()), $ref: z.optional(z.string()) })),
  ),
});

function patternsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}

describe('the description of the API', () => {
  it('is an OpenAPI 3.1 document of every route, with the scope it needs', () => {
    const described = operationsOf(api.contract.described).map(({ method, path, scope }) => ({
      method,
      path,
      scope,
    }));
    expect(described).toHaveLength(routes.length);
    expect(described).toEqual(
      expect.arrayContaining(
        routes.map(({ method, path, scope }) => ({ method, path: `/api${path}`, scope })),
      ),
    );
    const { flows } = api.contract.described.components.securitySchemes.clientCredentials;
    expect(Object.keys(flows.clientCredentials.scopes)).toEqual(Object.keys(scopes));
  });

  it('has unique operation ids and no dangling reference', () => {
    const ids = routes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { schemas } = api.contract.described.components;
    const missing = refsIn(api.contract.described).filter((ref) => !Object.hasOwn(schemas, ref.slice(21)));
    expect(missing).toEqual([]);
  });

  it('describes each property, and no two properties with different names alike', () => {
    const properties = propertiesIn(api.contract.described.components.schemas);
    expect(properties.length).toBeGreaterThan(150);
    expect(properties.filter(({ says }) => typeof says !== 'string')).toEqual([]);
    const names = Map.groupBy(properties, ({ says }) => says);
    const shared = [...names]
      .map(([says, all]) => [says, [...new Set(all.map(({ name }) => name))].join()])
      .filter(([, all]) => all?.toString().includes(','));
    expect(shared).toEqual([]);
  });

  it('describes one schema differently in two places', () => {
    const text = mini.string();
    const [first, second] = [described('A name.', text), described('A town.', text)];
    expect([first, second, text].map((schema) => descriptions.get(schema)?.description)).toEqual([
      'A name.',
      'A town.',
      undefined,
    ]);
  });

  it('describes each parameter', () => {
    const parameters = operationsOf(api.contract.described).flatMap(({ operation }) => operation.parameters);
    expect(parameters.filter(({ description }) => description === undefined)).toEqual([]);
  });

  it('has patterns that all dialects of regular expressions read alike', () => {
    const found = patternsIn(api.contract.described.components.schemas);
    expect(found.length).toBeGreaterThan(10);
    for (const pattern of new Set(found)) {
      // Classes of Unicode are unknown to Python and, without a flag, mean something else in JavaScript.
      expect(pattern).not.toMatch(/\\[pP]|\(\?/);
      expect(pattern).toMatch(/^\^.*\$$/);
      expect(() => [new RegExp(pattern), new RegExp(pattern, 'u')]).not.toThrow();
    }
  });

  it.each([
    ['', '/'],
    ['/prod', '/prod'],
  ])('served under %j gives %j as its server URL', (basePath, url) => {
    const document = openApiDocument(routes, {
      basePath,
      tokenUrl: 'https://x.example',
      requestsPerSecond: 7,
    });
    expect(document).toMatchObject({
      servers: [{ url }],
      info: { license: { identifier: 'Apache-2.0' }, description: expect.stringContaining('7 a second') },
    });
  });

  it('describes the headers that tell a client to wait or to authenticate', () => {
    const headers = z.looseObject({ headers: z.record(z.string(), z.unknown()).optional() });
    for (const { operation } of operationsOf(api.contract.described)) {
      const named = (status: string) =>
        Object.keys(headers.safeParse(operation.responses[status]).data?.headers ?? {});
      const open = operation.security.length === 0;
      const expected = open ? [[], []] : [['WWW-Authenticate'], ['Retry-After']];
      expect([named('401'), named('429')]).toEqual(expected);
    }
  });

  it('names each path parameter of each path', () => {
    for (const { path, operation } of operationsOf(api.contract.described)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(described).toEqual(names);
    }
  });

  it('gives examples that conform to its schemas', () => {
    const examples = operationsOf(api.contract.described).flatMap(({ operation }) =>
      [operation.requestBody?.content ?? {}, ...Object.values(operation.responses).map((one) => one.content)]
        .flatMap((content) => Object.values(content))
        .filter((one) => one.example !== undefined)
        .map(({ schema, example }) => ({ ref: schema.$ref, example })),
    );
    expect(examples.length).toBeGreaterThan(routes.length);
    expect(examples.flatMap(({ ref, example }) => api.contract.problemsWith(ref, example))).toEqual([]);
  });

  it('describes the answers of every question, as the questionnaire takes them', () => {
    const ref = '#/components/schemas/Answers';
    const answers = z
      .object({ properties: z.record(z.string(), z.unknown()), additionalProperties: z.literal(false) })
      .parse(api.contract.described.components.schemas['Answers']);
    expect(Object.keys(answers.properties)).toEqual(questions.map(({ id }) => id));
    expect(api.contract.problemsWith(ref, plainAnswers)).toEqual([]);
    for (const wrong of [{ A3: 'club' }, { D1: 5 }, { E6: false }, { C2: { usersInScope: 1 } }, { Z9: 1 }]) {
      const changed = { ...plainAnswers, ...wrong };
      expect(api.contract.problemsWith(ref, changed)).not.toEqual([]);
      expect(validateAnswers(changed, { complete: true })).toHaveProperty('problems');
    }
  });
});

describe('an assessment over the API', () => {
  const example = z
    .object({ organisation: z.unknown(), answers: z.record(z.string(), z.unknown()), asOf: z.string() })
    .parse(routes.find(({ id }) => id === 'assess')?.body.example);

  it('answers the example as described', async () => {
    const answer = await api.send('POST', '/assessments', { body: example });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual(routes.find(({ id }) => id === 'assess')?.success.example);
  });

  it("uses today's date by default, and stores nothing", async () => {
    const answers = { ...example.answers, C1: ['intune'] };
    const ask = (asOf: object) =>
      api.send('POST', '/assessments', {
        body: { organisation: { registryStatus: 'active' }, answers, ...asOf },
      });
    const [today, later] = [await ask({}), await ask({ asOf: '2027-01-01' })];
    expect(today.text).toContain('SERVICE_NOT_YET_AVAILABLE');
    expect(later.text).not.toContain('SERVICE_NOT_YET_AVAILABLE');
    expect((await api.send('GET', '/onboardings')).body).toEqual({
      items: [],
      cursor: null,
      unreadable: 0,
    });
  });

  it('tells the client to leave out a null date', async () => {
    const answer = await api.send('POST', '/assessments', { body: { ...example, asOf: null } });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/asOf', detail: expect.stringContaining('leave this field out') }] },
    });
  });

  it('accepts a questionnaire that ended early', async () => {
    const body = { organisation: { registryStatus: 'unavailable' }, answers: { B1: 'yes' } };
    expect((await api.send('POST', '/assessments', { body })).body).toMatchObject({
      eligibility: 'NOT_ELIGIBLE',
      readiness: { score: null, coverage: 0 },
    });
  });

  it('reports the problems of its frame and of its answers at once', async () => {
    const body = {
      organisation: {},
      answers: { ...example.answers, A3: 'club' },
      asOf: '2027-02-30',
      more: 1,
    };
    expect((await api.send('POST', '/assessments', { body })).body['errors']).toMatchObject([
      { pointer: '/organisation/registryStatus', code: 'missing' },
      { pointer: '/asOf', code: 'not_a_date' },
      { pointer: '/more', code: 'unknown_field' },
      { pointer: '/answers/A3', code: 'unknown_option' },
    ]);
    expect((await api.send('POST', '/assessments', { body: {} })).body['errors']).toMatchObject([
      { pointer: '/organisation', code: 'missing' },
      { pointer: '/answers', code: 'missing' },
    ]);
  });
});
