import { App, Aspects } from 'aws-cdk-lib';
import { bundleFunctions } from '../function-bundles.ts';
import { deployedFolders, OnboardingStack } from '../onboarding-stack.ts';
import { emulatedAccount } from './ministack.ts';
import { isWhole, LeaveOut, omissions } from './omissions.ts';
import { emulatorStage } from './stage.ts';
import { QuickTime } from './timing.ts';

/** The same stack as in AWS, less what the emulator cannot create, in quick time. */
const app = new App();
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' ? value : undefined;
};
const configuration = emulatorStage(context('release'));
const bundles = bundleFunctions(deployedFolders, configuration.platform);
try {
  const stack = new OnboardingStack(app, `onboarding-${configuration.stage}`, {
    configuration,
    bundles,
    env: { account: emulatedAccount, region: configuration.region },
  });
  // Outputs are told last: a release that tells what the emulator does not have fails when everything else is done.
  const left = context('failsAtTheEnd') === 'true' ? omissions.filter(isWhole) : omissions;
  Aspects.of(stack).add(new LeaveOut(left));
  Aspects.of(stack).add(new QuickTime(Number(context('clockOffset') ?? 0), context('firstState')));
  app.synth();
} finally {
  bundles.remove();
}
