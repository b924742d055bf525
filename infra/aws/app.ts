import { App } from 'aws-cdk-lib';
import { StageConfigurationError } from './config/stage-configuration.ts';
import { stageNamed } from './config/stages.ts';
import { bundleFunctions, MissingFunctionError } from './function-bundles.ts';
import { deployedFolders, OnboardingStack } from './onboarding-stack.ts';

function context(app: App, name: string): string | undefined {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Makes the stack of the stage that the context names (`-c stage=dev`), where it says or elsewhere (`-c region=`). */
function main(): void {
  const app = new App();
  const configuration = stageNamed(context(app, 'stage') ?? 'dev', context(app, 'region'));
  // Known when there are credentials; a template without it fits every account.
  const accountId = process.env['CDK_DEFAULT_ACCOUNT'];
  const account = accountId === undefined ? {} : { account: accountId };
  const bundles = bundleFunctions(deployedFolders, configuration.platform);
  try {
    new OnboardingStack(app, `onboarding-${configuration.stage}`, {
      configuration,
      bundles,
      env: { ...account, region: configuration.region },
    });
    app.synth();
  } finally {
    bundles.remove();
  }
}

try {
  main();
} catch (error) {
  // What the operator can put right is said in one sentence; anything else with its stack.
  if (!(error instanceof StageConfigurationError || error instanceof MissingFunctionError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
