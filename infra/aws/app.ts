import { App } from 'aws-cdk-lib';
import { StageConfigurationError } from './config/stage-configuration.ts';
import { stageNamed } from './config/stages.ts';
import { bundleFunctions, MissingFunctionError } from './function-bundles.ts';
import { deployedFolders, OnboardingStack } from './onboarding-stack.ts';

function context(app: App, name: string): string | undefined {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Creates the stack of the stage given in the context (`-c stage=dev`), in its own region or in another (`-c region=`). */
function main(): void {
  const app = new App();
  const configuration = stageNamed(context(app, 'stage') ?? 'dev', context(app, 'region'));
  // Known only with credentials; without it the template fits every account.
  const accountId = process.env['CDK_DEFAULT_ACCOUNT'];
  const account = accountId === undefined ? {} : { account: accountId };
  const bundles = bundleFunctions(deployedFolders, configuration);
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
  // An error that the operator can correct is printed as one sentence, any other with its stack trace.
  if (!(error instanceof StageConfigurationError || error instanceof MissingFunctionError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
