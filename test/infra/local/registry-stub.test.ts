import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readProspectFile } from '../../../functions/application/prospect-file.ts';
import { jsonLogger } from '../../../functions/platform/log.ts';
import { createRegistry, type Registry } from '../../../functions/platform/registry.ts';
import { type RegistryStub, startRegistryStub } from '../../../infra/local/registry-stub.ts';

function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
}

const city = '999004153';
let stub: RegistryStub;
let lines: string[] = [];
let now = new Date('2026-11-23T08:00:00Z');

function registryAt(baseUrl: string): Registry {
  lines = [];
  return createRegistry(
    { baseUrl, requestsPerSecond: 1000, timeout: 150, userAgent: 'trusted-cloud-onboarding tests' },
    { now: () => now },
    jsonLogger((line) => void lines.push(line)),
  );
}

beforeAll(async () => {
  stub = await startRegistryStub({ file: exampleFile('registry.json') });
});
beforeEach(() => {
  now = new Date('2026-11-23T08:00:00Z');
});
afterEach(() => stub.setFault(undefined));
afterAll(() => stub.close());

describe('the local registry', () => {
  it('returns an active organisation with its public facts', async () => {
    expect(await registryAt(stub.baseUrl).lookUp(city)).toEqual({
      status: 'active',
      facts: {
        legalName: 'VILLE FICTIVE DE MONTORGE',
        legalCategory: '7210',
        naf: '84.11Z',
        naf25: '84.11Y',
        staffBand: '52',
        headOffice: '99900415300014',
        postalCode: '00200',
        city: 'MONTORGE',
        department: '00',
        isAdministration: true,
      },
    });
  });

  it('returns La Poste and a ceased company, and lacks one that refused publication', async () => {
    const registry = registryAt(stub.baseUrl);
    expect(await registry.lookUp('356000000')).toMatchObject({
      status: 'active',
      facts: { legalName: 'LA POSTE' },
    });
    expect((await registry.lookUp('999006851')).status).toBe('ceased');
    expect(await registry.lookUp('999007396')).toEqual({ status: 'not_found' });
  });

  it('has all example prospects but one, and no directors', async () => {
    const registry = registryAt(stub.baseUrl);
    const { rows } = readProspectFile(await readFile(exampleFile('prospects.csv')));
    const answers = [];
    // One at a time: all at once may take longer than the registry is waited for.
    for (const { intake } of rows) answers.push(await registry.lookUp(intake.siren));
    expect(answers.filter(({ status }) => status === 'active')).toHaveLength(34);
    expect(await readFile(exampleFile('registry.json'), 'utf8')).not.toMatch(/dirigeants|elus/);
  });

  it('answers in the recorded format', async () => {
    const body = await (await fetch(`${stub.baseUrl}/search?q=000000000`)).json();
    expect(body).toEqual({ results: [], total_results: 0, page: 1, per_page: 10, total_pages: 1 });
  });

  it.each([
    ['GET', '/search', 400],
    ['GET', '/elsewhere', 404],
    ['POST', `/search?q=${city}`, 405],
  ])('refuses %s %s with %i', async (method, path, status) => {
    expect((await fetch(`${stub.baseUrl}${path}`, { method })).status).toBe(status);
  });

  it('does not start with a file in another format', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'registry-'));
    try {
      const file = join(folder, 'registry.json');
      await writeFile(file, JSON.stringify({ '999004153': { siren: '999004153', dirigeants: [] } }));
      await expect(startRegistryStub({ file })).rejects.toThrow(/nom_complet/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a look-up', () => {
  it.each([
    ['is cut', { kind: 'down' }],
    ['is not answered in time', { kind: 'slow' }],
    ['is asked to come back much later', { kind: 'too_many', retryAfter: 60 }],
    ['is turned away twice', { kind: 'too_many', retryAfter: 0, times: 2 }],
  ] as const)('that %s returns "unavailable", is logged and never throws', async (_what, fault) => {
    stub.setFault(fault);
    const registry = registryAt(stub.baseUrl);
    expect(await registry.lookUp(city)).toEqual({ status: 'unavailable' });
    expect(lines.join('')).toContain('registry_unavailable');
    expect(lines.join('')).not.toContain(city);
  });

  it('of a missing registry returns "unavailable"', async () => {
    const gone = await startRegistryStub({ file: exampleFile('registry.json') });
    await gone.close();
    expect(await registryAt(gone.baseUrl).lookUp(city)).toEqual({ status: 'unavailable' });
  });

  it('waits out a short Retry-After', async () => {
    stub.setFault({ kind: 'too_many', retryAfter: 1, times: 1 });
    expect((await registryAt(stub.baseUrl).lookUp(city)).status).toBe('active');
  });

  it('sends no request until a long Retry-After has passed', async () => {
    stub.setFault({ kind: 'too_many', retryAfter: 60, times: 1 });
    const registry = registryAt(stub.baseUrl);
    await registry.lookUp(city);
    expect(await registry.lookUp(city)).toEqual({ status: 'unavailable' });
    expect((await registryAt(stub.baseUrl).lookUp(city)).status).toBe('active');
  });

  it('is cached for a day, found or not', async () => {
    const registry = registryAt(stub.baseUrl);
    const first = [await registry.lookUp(city), await registry.lookUp('999007396')];
    stub.setFault({ kind: 'down' });
    now = new Date('2026-11-24T07:59:59Z');
    expect([await registry.lookUp(city), await registry.lookUp('999007396')]).toEqual(first);
    now = new Date('2026-11-24T08:00:00Z');
    expect((await registry.lookUp(city)).status).toBe('unavailable');
  });

  it('that failed is repeated', async () => {
    const registry = registryAt(stub.baseUrl);
    stub.setFault({ kind: 'down' });
    await registry.lookUp(city);
    stub.setFault(undefined);
    expect((await registry.lookUp(city)).status).toBe('active');
  });
});
