import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eraseOnboarding } from '../../functions/application/erase.ts';
import {
  type SealDependencies,
  sealedRecord,
  sealSubmission,
} from '../../functions/application/seal-record.ts';
import { recordFile } from '../../functions/domain/record/record-document.ts';
import { keyedLinks } from '../../functions/platform/links.ts';
import { localSealKey, type SealKey } from '../../functions/platform/seal-key.ts';
import { secretiveAnswers, secretiveIntake } from '../support/canaries.ts';
import { openTaskBench, operator, submitted, type TaskBench } from '../tasks/bench.ts';

let bench: TaskBench;
beforeAll(async () => {
  bench = await openTaskBench();
});
afterAll(() => bench.close());

function newKey(): SealKey {
  return localSealKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey);
}
const firstKey = newKey();
function dependencies(sealKey: SealKey = firstKey): SealDependencies {
  return { ...bench, sealKey };
}

async function sealed(reference: string, sealKey?: SealKey) {
  const { state } = await bench.store.onboardings.now(reference);
  const submission = await bench.store.dossiers.submission(reference);
  if (submission === undefined) throw new Error('Nothing was submitted');
  return sealedRecord(dependencies(sealKey), state, submission);
}

/** The file that a customer keeps. */
async function fileOf(reference: string, sealKey?: SealKey): Promise<string> {
  return JSON.stringify(
    recordFile({ ...(await sealed(reference, sealKey)), proof: 'https://x.example/proof' }),
    null,
    2,
  );
}

const published = z.object({
  record: z.unknown(),
  seal: z.looseObject({
    digest: z.string(),
    signature: z.string(),
    publicKey: z.string(),
    keyId: z.string(),
  }),
});

/** RFC 8785 for what JSON.parse gives, written apart from the product's. */
function canonicalised(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalised).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${canonicalised(part)}`).join()}}`;
}

/** What anyone can do with the file alone, as docs/record.md says. */
function verifies(file: string): boolean {
  const { record, seal } = published.parse(JSON.parse(file));
  const message = Buffer.from(canonicalised(record));
  const digest = createHash('sha256').update(message).digest('hex');
  const signature = Buffer.from(seal.signature, 'base64');
  return digest === seal.digest && verify('sha256', message, seal.publicKey, signature);
}

describe('the file of a record', () => {
  it('is verified by what is in it, and by nothing of ours', async () => {
    expect(verifies(await fileOf(await submitted(bench)))).toBe(true);
  });

  it('fails when any character of what was sealed is another', async () => {
    const file = await fileOf(await submitted(bench, {}, { legalName: 'Société d’Étude « Nord »' }));
    const sealedPart = file.slice(0, file.indexOf('"seal":'));
    const letters = [...sealedPart.matchAll(/\p{L}|\d/gu)];
    expect(letters.length).toBeGreaterThan(5_000);
    for (const [index, { index: at, 0: letter }] of letters.entries()) {
      // One in seven, or the test would sign the whole file five thousand times.
      if (index % 7 !== 0) continue;
      const changed = `${file.slice(0, at)}${letter === '7' ? '8' : '7'}${file.slice(at + letter.length)}`;
      let holds = false;
      try {
        holds = verifies(changed);
      } catch {
        // It is no JSON any more.
      }
      expect(holds, `${letter} at ${at}`).toBe(false);
    }
  });

  it('names the key by a digest of the key itself', async () => {
    const { key, seal } = await sealed(await submitted(bench));
    const der = Buffer.from(key.publicKey.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(createHash('sha256').update(der).digest('hex')).toMatch(new RegExp(`^${seal.keyId}`));
  });
});

describe('a seal', () => {
  it('is made once: of many calls at once, all get the same', async () => {
    const reference = await submitted(bench);
    const seals = await Promise.all(Array.from({ length: 6 }, () => sealed(reference)));
    expect(new Set(seals.map(({ seal }) => seal.signature)).size).toBe(1);
    const [{ seal } = { seal: undefined }] = seals;
    expect(await sealed(reference)).toMatchObject({ seal });
  });

  it('is made when it is needed, wherever the first try died', async () => {
    for (let call = 1; ; call += 1) {
      const reference = await submitted(bench);
      const sealKey = newKey();
      let died = true;
      for (const when of ['before', 'after'] as const) {
        died = await bench.dies({ call, when }, () => sealSubmission(dependencies(sealKey), reference));
        expect(verifies(await fileOf(reference, sealKey)), `${when} call ${call}`).toBe(true);
        if (!died) break;
      }
      if (!died) {
        expect(call).toBeGreaterThan(4);
        return;
      }
    }
  });

  it('by a key that was replaced stays valid, and both keys stay published', async () => {
    const [earlier, later] = [newKey(), newKey()];
    const before = await submitted(bench);
    const kept = await fileOf(before, earlier);
    const after = await submitted(bench);
    const keys = await Promise.all([sealed(before, later), sealed(after, later)]);
    expect(verifies(kept)).toBe(true);
    expect(await fileOf(before, later)).toBe(kept);
    const known = (await bench.store.seals.keys()).map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(keys.map(({ seal }) => seal.keyId)));
    expect(keys[0].seal.keyId).not.toBe(keys[1].seal.keyId);
  });

  it('stays when everything else is erased, and says nothing of anyone', async () => {
    const reference = await submitted(bench, secretiveAnswers, secretiveIntake);
    const file = await fileOf(reference);
    const { digest } = published.parse(JSON.parse(file)).seal;
    await eraseOnboarding(
      { ...bench, links: keyedLinks(new Uint8Array(32)) },
      reference,
      'asked_by_person',
      operator,
    );
    expect(await bench.store.dossiers.submissions(reference)).toEqual([]);
    const seal = await bench.store.seals.find(digest);
    expect(Object.keys(seal ?? {}).toSorted()).toEqual(['at', 'digest', 'keyId', 'signature']);
    expect(verifies(file)).toBe(true);
  });
});

it('the command of docs/record.md verifies a file, and refuses a changed one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  try {
    const doc = readFileSync(new URL('../../docs/record.md', import.meta.url), 'utf8');
    const [, script = ''] = /^node -e '\n([^']+)'$/m.exec(doc) ?? [];
    const said = (content: string) => {
      writeFileSync(join(folder, 'record.json'), content);
      return execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim();
    };
    const file = await fileOf(await submitted(bench));
    expect(said(file)).toBe('true');
    expect(said(file.replace('"number": 1', '"number": 2'))).toBe('false');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
