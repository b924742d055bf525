import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** There are no credentials from which to tell the account. */
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

/** The account and the resources of a synthesised stack. */
export interface Assembly {
  readonly account: string;
  /** Number of resources of each type that are removed with the stack. */
  readonly removed: ReadonlyMap<string, number>;
  /** Resources that are kept in the account when the stack is removed, by type and logical id. */
  readonly retained: readonly string[];
}

function read(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/**
 * Reads the output folder of a stage's synthesis.
 *
 * @throws NoAccountError when it was synthesised without credentials.
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
  const removed = new Map<string, number>();
  const retained: string[] = [];
  for (const [name, { Type, DeletionPolicy }] of resources) {
    if (DeletionPolicy?.startsWith('Retain')) retained.push(`${Type} ${name}`);
    else removed.set(Type, (removed.get(Type) ?? 0) + 1);
  }
  return { account, removed, retained };
}
