import * as z from 'zod';
import { readProspectFile } from '../../functions/application/prospect-file.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { typeset } from '../../functions/domain/text.ts';
import { scopes } from '../../functions/web/api/scopes.ts';
import { createApp } from '../../functions/web/app.ts';
import { largeWave, openLargeWaves } from '../../test/support/large-waves.ts';
import { openBrowser, origin, startTrial, type Trial } from '../../test/support/trial.ts';

/** What twice as much input costs. */
export const inputGrowth = z.object({
  input: z.string(),
  /** The largest size measured. */
  size: z.number(),
  /** CPU milliseconds for the largest size. */
  milliseconds: z.number(),
  /** CPU time of a size divided by that of half of it, at its worst. */
  ratio: z.number(),
});
export type InputGrowth = z.infer<typeof inputGrowth>;

/** Work that grows in proportion doubles; the rest is for caches and rounding. */
export const largestRatio = 2.3;

interface Case {
  readonly input: string;
  /** The largest size; a half and a quarter of it are measured too. */
  readonly size: number;
  /** Prepares the input, which is not measured. */
  readonly of: (size: number) => () => Promise<unknown> | unknown;
}

const rounds = 7;
/** CPU time of one measurement, in microseconds: shorter ones are repeated within it. */
const atLeast = 40_000;

const numbered = (count: number, entry: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => entry(index));

async function cpuOf(act: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let times = 1; ; times += 1) {
    await act();
    const { user, system } = process.cpuUsage(before);
    if (user + system >= atLeast) return (user + system) / times;
  }
}

async function measure({ input, size, of }: Case): Promise<InputGrowth> {
  const acts = [size / 4, size / 2, size].map(of);
  const best = acts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, act] of acts.entries()) {
      best[index] = Math.min(best[index] ?? 0, await cpuOf(act));
    }
  }
  const [quarter = 0, half = 0, whole = 0] = best;
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    input,
    size,
    milliseconds: rounded(whole / 1_000),
    ratio: rounded(Math.max(half / quarter, whole / half)),
  };
}

/** Files of prospects, and texts. */
const readers: readonly Case[] = [
  {
    input: 'CSV, wrong rows',
    size: 10_000,
    of: (size) => file(`${header}\n${numbered(size, (index) => `${index};;x;y;z;exchange`).join('\n')}\n`),
  },
  {
    input: 'CSV, lines within one quoted cell',
    size: 40_000,
    of: (size) => file(`${header}\n"${'a\n'.repeat(size)}";;x;y;z;exchange\n`),
  },
  {
    input: 'CSV, a quote that is never closed',
    size: 100_000,
    of: (size) => file(`${header}\n"${'1;2\n'.repeat(size)}`),
  },
  {
    input: 'CSV, columns',
    size: 1_000_000,
    of: (size) => file(`${header}${';'.repeat(size / 2)}\n${'1;2\n'.repeat(size / 200)}`),
  },
  {
    input: 'digits in groups, set in French',
    size: 40_000,
    of: (size) => {
      const text = '000 '.repeat(size);
      return () => typeset(text, 'fr');
    },
  },
];

const header = 'siren;legal_name;body_type;contact_name;contact_email;services';

function file(content: string): () => void {
  const bytes = new TextEncoder().encode(content);
  return () => {
    try {
      readProspectFile(bytes);
    } catch (error) {
      if (!(error instanceof BusinessError)) throw error;
    }
  };
}

const formType = 'application/x-www-form-urlencoded';

function parts(size: number): string {
  const each = numbered(
    size,
    (index) => `--d\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\nx\r\n`,
  );
  return `${each.join('')}--d--\r\n`;
}

type Send = (path: string, init: RequestInit) => Promise<Response>;

/** Requests to the pages and the API. */
function requests(page: Send, api: Send): readonly Case[] {
  const form = (body: string, type = formType) => {
    const headers = { Origin: origin, 'Content-Type': type };
    return async () => (await page('/questionnaire/E', { method: 'POST', body, headers })).text();
  };
  const json = (path: string, body: string) => async () => (await api(path, { method: 'POST', body })).text();
  const unknown = (size: number) => numbered(size, (index) => `"f${index}":1`).join(',');
  return [
    {
      input: 'form, fields',
      size: 1_000,
      of: (size) => form(numbered(size, (index) => `f${index}=1`).join('&')),
    },
    {
      input: 'form, fields beyond the limit',
      size: 80_000,
      of: (size) => form(numbered(size, (index) => `f${index}=1`).join('&')),
    },
    {
      input: 'form in parts, parts',
      size: 1_000,
      of: (size) => form(parts(size), 'multipart/form-data; boundary=d'),
    },
    {
      input: 'JSON, unknown fields',
      size: 40_000,
      of: (size) => json('/assessments', `{"answers":{${unknown(size)}}}`),
    },
    {
      input: 'JSON, unknown fields of a field',
      size: 40_000,
      of: (size) => json('/assessments', `{"answers":{"C2":{${unknown(size)}}}}`),
    },
    {
      input: 'JSON, wrong values of a list',
      size: 100_000,
      of: (size) => json('/onboardings', `{"services":[${numbered(size, () => '1').join(',')}]}`),
    },
    {
      input: 'JSON, depth',
      size: 200_000,
      of: (size) => json('/assessments', `{"answers":{"A3":${'['.repeat(size)}${']'.repeat(size)}}}`),
    },
    {
      input: 'query, parameters',
      size: 10_000,
      of: (size) => {
        const path = `/status?${numbered(size, (index) => `p${index}=1`).join('&')}`;
        return async () => (await page(path, {})).text();
      },
    },
    {
      input: 'headers, cookies',
      size: 20_000,
      of: (size) => {
        const headers = { Cookie: numbered(size, (index) => `c${index}=1`).join('; ') };
        return async () => (await api('/problems/nothing', { headers })).text();
      },
    },
  ];
}

/** Customers booked in a wave: its page and the calendar cost the same whatever there are. */
const bookedInWave = 12_000;

/** Reads of what customers are booked in; each size is a wave of its own. */
async function measureWaves(trial: Trial): Promise<readonly InputGrowth[]> {
  const { bench, fill, operator } = await openLargeWaves(trial);
  try {
    const ids = new Map<number, string>();
    for (const [index, share] of [4, 2, 1].entries()) {
      const wave = largeWave(`2027-0${index + 3}-02`, bookedInWave / share);
      await fill(wave, 'WAVE_CONFIRMED');
      ids.set(bookedInWave / share, wave.id);
    }
    const get = (path: string) => async () =>
      (await operator.get(path, { Authorization: 'Bearer token' })).text();
    const of = (path: string) => (size: number) => get(`${path}/${ids.get(size) ?? ''}`);
    return [
      await measure({ input: 'page of a wave, booked', size: bookedInWave, of: of('/waves') }),
      await measure({ input: 'wave over the API, booked', size: bookedInWave, of: of('/api/waves') }),
    ];
  } finally {
    await bench.close();
  }
}

/** Measures what each kind of input costs in CPU time, at three sizes, each twice the one before. */
export async function measureInputGrowth(): Promise<readonly InputGrowth[]> {
  const trial = await startTrial();
  try {
    let elapsed = 0;
    const deps = {
      ...trial.deps,
      verifyToken: async () => ({ subject: 'crm', scopes: Object.keys(scopes), kind: 'machine' }) as const,
      elapsed: () => {
        elapsed += 1_000;
        return elapsed;
      },
    };
    const app = createApp(deps);
    const reference = await trial.start('999000102');
    const customer = openBrowser(async (url, init) => app.request(url, init), origin);
    await customer.post(await trial.linkOf(reference));
    const headers = {
      Authorization: 'Bearer token',
      'Content-Type': 'application/json',
      'Idempotency-Key': 'growth',
    };
    const api: Send = async (path, init) =>
      app.request(`${origin}/api${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const found: InputGrowth[] = [];
    for (const each of [...requests(customer.send, api), ...readers]) found.push(await measure(each));
    return [...found, ...(await measureWaves(trial))];
  } finally {
    await trial.close();
  }
}
