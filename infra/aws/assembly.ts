import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Nobody has said which account is meant. */
export class NoAccountError extends Error {
  override readonly name = 'NoAccountError';
}

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.looseObject({ templateFile: z.string().optional() }).optional(),
    }),
  ),
});
const template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })),
});

/** What a stack is, and where it goes, as it was synthesised into a folder. */
export interface Assembly {
  readonly account: string;
  /** Kinds of resources that go with the stack, and how many of each. */
  readonly goes: ReadonlyMap<string, number>;
  /** Resources that stay in the account when the stack is removed, by kind and logical name. */
  readonly stays: readonly string[];
}

function read(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/**
 * Reads what a stage's synthesis has left.
 *
 * @throws NoAccountError when it was made without credentials.
 */
export function readAssembly(folder: string): Assembly {
  const stack = Object.values(manifest.parse(read(folder, 'manifest.json')).artifacts).find(
    ({ type }) => type === 'aws:cloudformation:stack',
  );
  const account = /^aws:\/\/(\d+)\//.exec(stack?.environment ?? '')?.[1];
  if (account === undefined) {
    throw new NoAccountError(
      'There are no valid AWS credentials: sign in (aws sso login), name a profile (AWS_PROFILE) or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  const resources = Object.entries(
    template.parse(read(folder, stack?.properties?.templateFile ?? '')).Resources,
  );
  const goes = new Map<string, number>();
  const stays: string[] = [];
  for (const [name, { Type, DeletionPolicy }] of resources) {
    if (DeletionPolicy?.startsWith('Retain')) stays.push(`${Type} ${name}`);
    else goes.set(Type, (goes.get(Type) ?? 0) + 1);
  }
  return { account, goes, stays };
}
