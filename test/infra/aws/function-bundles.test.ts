import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseSiren } from '../../../functions/domain/input/identifiers.ts';
import { publicationFile } from '../../../functions/domain/trust/publication.ts';
import { readPublished } from '../../../functions/platform/publication.ts';
import { stageNamed } from '../../../infra/aws/config/stages.ts';
import {
  bundleFunctions,
  entryOf,
  type FunctionBundles,
  platformFile,
} from '../../../infra/aws/function-bundles.ts';
import { deployedFolders } from '../../../infra/aws/onboarding-stack.ts';
import { filesAtStart, kilobytesOf } from '../../../tools/bench/bundles.ts';

const environment = new URL('../../../functions/platform/environment.ts', import.meta.url).pathname;
const identifiers = new URL('../../../functions/domain/input/identifiers.ts', import.meta.url).pathname;
const failing = new URL('../../../functions/domain/errors.ts', import.meta.url).pathname;
const stage = stageNamed('dev');
/** SIREN, SIRET and VAT number of the same organisation, and texts that are none of them. */
const numbers = ['552 100 554', '55210055400021', 'FR72552100554', '552100555', '55210055400022', 'siren'];
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'functions-'));
  mkdirSync(join(root, 'jobs/say-platform'), { recursive: true });
  mkdirSync(join(root, 'tasks/empty'), { recursive: true });
  writeFileSync(
    join(root, 'jobs/say-platform/handler.ts'),
    `import { platformFromEnvironment } from '${environment}';\nexport const handler = (): string => platformFromEnvironment().name;\n`,
  );
  mkdirSync(join(root, 'jobs/say-policy'), { recursive: true });
  writeFileSync(
    join(root, 'jobs/say-policy/handler.ts'),
    `import { platformFromEnvironment } from '${environment}';\nexport const handler = (): string => String(platformFromEnvironment().contractBeforeGo);\n`,
  );
  mkdirSync(join(root, 'jobs/say-error'), { recursive: true });
  writeFileSync(
    join(root, 'jobs/say-error/handler.ts'),
    `import { ConcurrentChangeError, OnboardingNotFoundError } from '${failing}';\nexport const handler = (): string => [new ConcurrentChangeError(), new OnboardingNotFoundError()].map(({ name }) => name).join(' ');\n`,
  );
  mkdirSync(join(root, 'jobs/say-siren'), { recursive: true });
  writeFileSync(
    join(root, 'jobs/say-siren/handler.ts'),
    `import { parseSiren } from '${identifiers}';\nexport const handler = (): string => JSON.stringify(${JSON.stringify(numbers)}.map(parseSiren));\n`,
  );
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  delete process.env['PLATFORM_CONFIGURATION'];
});

const module = z.object({ handler: z.custom<() => string>((value) => typeof value === 'function') });

/** What the bundled code of one of the functions above answers. */
async function answerOf(name: string, configuration: typeof stage): Promise<string> {
  const bundles = bundleFunctions([name], configuration, root);
  try {
    process.env['PLATFORM_CONFIGURATION'] = platformFile;
    const file = join(bundles.folderOf(name), 'index.mjs');
    const { handler } = module.parse(await import(pathToFileURL(file).href));
    return handler();
  } finally {
    bundles.remove();
  }
}

describe('a bundle', () => {
  it('runs by itself and reads the platform configuration beside its code', async () => {
    const platform = { ...stage.platform, name: 'Nuage d’essai' };
    expect(await answerOf('say-platform', { ...stage, platform })).toBe('Nuage d’essai');
  });

  it.each(['dev', 'prod'])('knows whether %s asks for a contract before go', async (name) => {
    const { platform } = stageNamed(name);
    expect(await answerOf('say-policy', { ...stage, platform })).toBe(String(name === 'prod'));
  });

  it('names errors as the code that was not bundled: the kind of a failure depends on it', async () => {
    expect(await answerOf('say-error', stage)).toBe('ConcurrentChangeError OnboardingNotFoundError');
  });

  it('reads numbers of organisations as the code that was not bundled', async () => {
    const read = numbers.map((text) => parseSiren(text));
    expect(JSON.parse(await answerOf('say-siren', stage))).toEqual(JSON.parse(JSON.stringify(read)));
  });

  it('is reproducible, so that unchanged functions are not deployed', () => {
    const make = () => {
      const bundles = bundleFunctions(['say-platform'], stage, root);
      try {
        return readFileSync(join(bundles.folderOf('say-platform'), 'index.mjs'), 'utf8');
      } finally {
        bundles.remove();
      }
    };
    expect(make()).toBe(make());
  });

  it('is refused for a folder without code, by name', () => {
    expect(() => entryOf('empty', root)).toThrow(
      'functions/ has neither tasks/empty/handler.ts nor jobs/empty/handler.ts nor empty/lambda.ts, so the stack cannot be synthesised',
    );
  });
});

/** Words without which a way to credentials cannot go: the role's first, then token file, metadata service, sign-on. */
const waysToCredentials = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'sso_start_url',
];

describe('the code of every deployed function', () => {
  let bundles: FunctionBundles;
  beforeAll(() => {
    bundles = bundleFunctions(deployedFolders, stage);
  });
  afterAll(() => bundles.remove());

  /** All of it, with what is loaded later. */
  const codeOf = (folder: string) =>
    readdirSync(bundles.folderOf(folder))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => readFileSync(join(bundles.folderOf(folder), name), 'utf8'))
      .join('');

  /** kB that the web function loads for the first request, when it is for these files. */
  function coldStartOf(...parts: readonly string[]): number {
    const folder = bundles.folderOf('web');
    const named = parts.flatMap((part) =>
      readdirSync(folder).filter((name) => new RegExp(`^${part}-[A-Z0-9]{8}\\.mjs$`).test(name)),
    );
    expect(named).toHaveLength(parts.length);
    return kilobytesOf(folder, filesAtStart(folder, named));
  }

  /** Mails name questions, so what writes them holds the questionnaire. */
  const heavier: Readonly<Record<string, number>> = { web: 208, 'send-mail': 200, 'render-document': 360 };

  it.each(deployedFolders)('%s is small enough to start quickly', (folder) => {
    const heaviest = heavier[folder] ?? 150;
    const code = bundles.folderOf(folder);
    expect(kilobytesOf(code, filesAtStart(code))).toBeLessThan(heaviest);
  });

  it('has, for the pages, what the stage publishes, with the periods that it applies', () => {
    const file = join(bundles.folderOf('web'), publicationFile);
    const { retention, ...publication } = readPublished(JSON.parse(readFileSync(file, 'utf8')));
    expect(publication).toEqual(stage.publication);
    expect(retention).toEqual(stage.retention);
    expect(readdirSync(bundles.folderOf('send-mail'))).not.toContain(publicationFile);
  });

  it('keeps what the web function needs rarely out of its start: the description of the API, the sign-in', () => {
    const folder = bundles.folderOf('web');
    const later = readdirSync(folder).filter((name) => !filesAtStart(folder).has(name));
    expect(later.filter((name) => name.endsWith('.mjs')).length).toBeGreaterThan(1);
    const lazily = later.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(lazily).toContain('3.1.1');
    expect(lazily).toContain('code_challenge');
    const all = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
    // Each file is compressed by itself, so many files weigh more than one: some 40 kB. No start loads them all. Calendar
    // files and what writes them are 12 kB, of which no start loads any; the views of the calendar and the series of
    // waves are in the part of the waves alone, with tasks and lessons.
    expect(kilobytesOf(folder, all)).toBeLessThan(692);
  });

  it('keeps what writes calendar files, and messages with files, out of the start of the function that mails', () => {
    const folder = bundles.folderOf('send-mail');
    const start = [...filesAtStart(folder)].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    for (const words of ['BEGIN:VEVENT', 'multipart/']) {
      expect(codeOf('send-mail')).toContain(words);
      expect(start).not.toContain(words);
    }
  });

  it.each([
    ['calendar', 231],
    ['link', 238],
    ['questionnaire', 291],
    ['status', 290],
    ['below-status', 297],
    ['identity', 248],
    ['public', 249],
    ['sign-in', 223],
    ['sales', 279],
    ['operations', 285],
    ['decisions', 300],
    ['interviews', 265],
    ['operator-acts', 275],
    ['splitting', 263],
    ['approvals', 253],
    ['unsent-and-access', 229],
    ['before-cutover', 259],
    ['waves', 297],
    ['work-list', 245],
  ] as const)('a cold start for the %s part loads less than %i kB', (part, heaviest) => {
    expect(coldStartOf(part)).toBeLessThan(heaviest);
  });

  it.each([
    ['onboardings', 286],
    ['customer-acts', 284],
    ['operator-acts', 276],
    ['assessments', 242],
    ['waves', 261],
    ['public', 238],
  ] as const)('a cold start for the %s of the API loads less than %i kB', (area, heaviest) => {
    expect(coldStartOf('api', `api-${area}`)).toBeLessThan(heaviest);
  });

  it.each(deployedFolders)('%s contains no credential provider except that of its role', (folder) => {
    const code = codeOf(folder);
    expect(waysToCredentials.filter((word) => code.includes(word))).toEqual(['AWS_SECRET_ACCESS_KEY']);
  });
});
