import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import type { StageConfiguration } from '../../infra/aws/config/stage-configuration.ts';
import { bundleFunctions } from '../../infra/aws/function-bundles.ts';
import { deployedFolders, OnboardingStack } from '../../infra/aws/onboarding-stack.ts';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
const template = z.object({ Resources: z.record(z.string(), resource) });

export type Resource = z.infer<typeof resource>;
/** Resources by logical id. */
export type Resources = Readonly<Record<string, Resource>>;

export function resourcesOf(json: unknown): Resources {
  return template.parse(json).Resources;
}

/** The resources created by a deployment of this stage. */
export function synthesise(configuration: StageConfiguration): Resources {
  const flags = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'))).context;
  const outdir = mkdtempSync(join(tmpdir(), 'cost-'));
  const bundles = bundleFunctions(deployedFolders, configuration);
  try {
    const app = new App({ context: flags, analyticsReporting: false, outdir });
    const stack = new OnboardingStack(app, `onboarding-${configuration.stage}`, {
      configuration,
      bundles,
      env: { region: configuration.region },
    });
    return resourcesOf(app.synth().getStackByName(stack.stackName).template);
  } finally {
    bundles.remove();
    rmSync(outdir, { recursive: true, force: true });
  }
}
