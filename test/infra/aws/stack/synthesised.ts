import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import type { StageConfiguration } from '../../../../infra/aws/config/stage-configuration.ts';
import { stageNamed } from '../../../../infra/aws/config/stages.ts';
import type { FunctionBundles } from '../../../../infra/aws/function-bundles.ts';
import { deployedFolders, OnboardingStack } from '../../../../infra/aws/onboarding-stack.ts';

const flags = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('../../../../cdk.json', import.meta.url), 'utf8'))).context;

let assemblies: string | undefined;

/** Removes what the apps of a test file wrote; remove-assemblies.ts calls it after each file. */
export function removeAssemblies(): void {
  if (assemblies !== undefined) rmSync(assemblies, { recursive: true, force: true });
  assemblies = undefined;
}

/** An app with the flags of cdk.json and nothing in it. */
export function emptyApp(): App {
  assemblies ??= mkdtempSync(join(tmpdir(), 'assemblies-'));
  return new App({
    context: flags,
    analyticsReporting: false,
    outdir: mkdtempSync(join(assemblies, 'cdk-')),
  });
}

/** Code that stands for each function's: templates do not depend on what is in it. */
function standIns(): FunctionBundles {
  const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  for (const name of deployedFolders) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  return {
    folderOf: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An app with the flags of cdk.json and the stack of a stage, not yet synthesised. */
export function stackOf(configuration: StageConfiguration = stageNamed('dev')) {
  const app = emptyApp();
  const bundles = standIns();
  try {
    const stack = new OnboardingStack(app, `onboarding-${configuration.stage}`, {
      configuration,
      bundles,
      env: { region: configuration.region },
    });
    return { app, stack };
  } finally {
    bundles.remove();
  }
}

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

/** A stage's template and its resources by logical id. */
export function templateOf(configuration?: StageConfiguration) {
  const { stack } = stackOf(configuration);
  const template = Template.fromStack(stack);
  const json = template.toJSON();
  const { Resources } = z.object({ Resources: z.record(z.string(), resource) }).parse(json);
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  return { template, json, resources: Resources, ofType };
}
