import { describe, expect, it } from 'vitest';
import { jsonLogger } from '../../functions/platform/log.ts';
import { createRegistry } from '../../functions/platform/registry.ts';

const siren = '999004153';
const city = {
  siren,
  nom_complet: 'VILLE FICTIVE',
  etat_administratif: 'A',
  nature_juridique: '7210',
  siege: { siret: '99900415300014', code_postal: '00200' },
  complements: { est_administration: true },
};
const start = Date.parse('2026-11-23T08:00:00Z');
const page = (...results: readonly unknown[]) => Response.json({ results });
const busy = (status: number, headers: Record<string, string> = {}) => new Response('', { status, headers });

/** A registry that gives these answers in turn; time passes only while it is waited for. */
function registryThat(...answers: readonly Response[]) {
  let time = start;
  const asked: number[] = [];
  const registry = createRegistry(
    { baseUrl: 'http://registry.example', requestsPerSecond: 1000, timeout: 1000, userAgent: 'tests' },
    { now: () => new Date(start) },
    jsonLogger(() => undefined),
    {
      now: () => time,
      pause: async (milliseconds) => {
        time += milliseconds;
      },
      fetch: async () => {
        asked.push(time - start);
        const next = answers[asked.length - 1];
        return next === undefined ? page(city) : next;
      },
    },
  );
  return { registry, asked, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('an answer of the registry', () => {
  it.each([
    ['no head office', { siege: null }],
    ['no complements', { complements: null }],
    ['complements without a word on administrations', { complements: {} }],
    ['a missing legal category', { nature_juridique: undefined }],
    ['a null name', { nom_complet: null }],
    ['a post code that is a number', { siege: { code_postal: 200 } }],
    ['fields of tomorrow', { statut_diffusion: { entreprise: 'P' } }],
  ])('counts with %s', async (_what, change) => {
    const { registry } = registryThat(page({ ...city, ...change }));
    expect((await registry.lookUp(siren)).status).toBe('active');
  });

  it('keeps the facts beside one that cannot be read', async () => {
    const { registry } = registryThat(page({ ...city, siege: 'unknown', complements: null }));
    expect(await registry.lookUp(siren)).toEqual({
      status: 'active',
      facts: { legalName: 'VILLE FICTIVE', legalCategory: '7210' },
    });
  });

  it('counts whatever the other results are', async () => {
    const { registry } = registryThat(page(null, 'x', { siren: 3 }, { siren: '999000102' }, city));
    expect((await registry.lookUp(siren)).status).toBe('active');
    const { registry: other } = registryThat(page(null, { siren: '999000102' }));
    expect((await other.lookUp(siren)).status).toBe('not_found');
  });

  it.each([undefined, null, 'X'])(
    'that gives %s as the state of an organisation does not verify it',
    async (state) => {
      const { registry } = registryThat(page({ ...city, etat_administratif: state }));
      expect((await registry.lookUp(siren)).status).toBe('unavailable');
    },
  );
});

describe('Retry-After', () => {
  const inSeconds = (seconds: number) => new Date(start + seconds * 1000).toUTCString();

  it.each([
    ['seconds', { 'retry-after': '2' }],
    ['a date', { 'retry-after': inSeconds(2) }],
    ['a date of a server whose clock is wrong', { 'retry-after': inSeconds(3602), date: inSeconds(3600) }],
  ])('in %s is waited out when it is short', async (_form, headers) => {
    for (const status of [429, 503]) {
      const { registry, asked } = registryThat(busy(status, headers));
      expect((await registry.lookUp(siren)).status).toBe('active');
      expect(asked).toEqual([0, 2000]);
    }
  });

  it.each([
    ['seconds', '600'],
    ['a date', inSeconds(600)],
  ])('in %s closes the registry for every look-up when it is long', async (_form, written) => {
    for (const status of [200, 404, 429, 500, 503]) {
      const answer = status === 200 ? page() : busy(status);
      answer.headers.set('retry-after', written);
      const { registry, asked, pass } = registryThat(answer);
      await registry.lookUp(siren);
      pass(590_000);
      expect((await registry.lookUp('356000000')).status).toBe('unavailable');
      expect(asked).toEqual([0]);
      pass(10_000);
      await registry.lookUp('356000000');
      expect(asked).toEqual([0, 600_000]);
    }
  });

  it('of a good answer is obeyed by the next look-up', async () => {
    const answer = page(city);
    answer.headers.set('retry-after', '1');
    const { registry, asked } = registryThat(answer);
    expect((await registry.lookUp(siren)).status).toBe('active');
    await registry.lookUp('356000000');
    expect(asked).toEqual([0, 1000]);
  });

  it('of one call is obeyed by those that wait beside it', async () => {
    const { registry, asked } = registryThat(busy(429, { 'retry-after': '1' }));
    await Promise.all([registry.lookUp(siren), registry.lookUp('356000000'), registry.lookUp('999000102')]);
    expect(asked.filter((at) => at > 5 && at < 1000)).toEqual([]);
  });

  it.each(['soon', '', '-5'])('written %j is taken for a second', async (written) => {
    const { registry, asked } = registryThat(busy(429, written === '' ? {} : { 'retry-after': written }));
    expect((await registry.lookUp(siren)).status).toBe('active');
    expect(asked[1]).toBeGreaterThanOrEqual(1000);
  });

  it('never closes the registry for more than a day', async () => {
    const { registry, asked, pass } = registryThat(busy(429, { 'retry-after': '99999999999' }));
    await registry.lookUp(siren);
    pass(24 * 3_600_000);
    await registry.lookUp(siren);
    expect(asked).toHaveLength(2);
  });
});
