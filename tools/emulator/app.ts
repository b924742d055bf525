import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '../../infra/aws/function-bundles.ts';
import { deployedFolders, OnboardingStack } from '../../infra/aws/onboarding-stack.ts';
import { emulate } from './emulate.ts';
import { emulatedAccount } from './ministack.ts';
import { emulatorStage } from './stage.ts';

/** The stack as in AWS, without the resources that the emulator cannot create, and with shortened waits. */
const app = new App();
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' ? value : undefined;
};
const configuration = emulatorStage(context('release'));
const bundles = bundleFunctions(deployedFolders, configuration);
try {
  const stack = new OnboardingStack(app, `onboarding-${configuration.stage}`, {
    configuration,
    bundles,
    env: { account: emulatedAccount, region: configuration.region },
  });
  emulate(stack, {
    clockOffset: Number(context('clockOffset') ?? 0),
    firstState: context('firstState'),
    failsAtTheEnd: context('failsAtTheEnd') === 'true',
  });
  app.synth();
} finally {
  bundles.remove();
}
