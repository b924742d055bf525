import { dev } from '../../infra/aws/config/dev.ts';
import { checkStage, type StageConfiguration } from '../../infra/aws/config/stage-configuration.ts';

/**
 * The stage that is deployed to the emulator: the small one under another name.
 *
 * @param release changes what every function finds beside its code, as a later release does.
 */
export function emulatorStage(release = 'first'): StageConfiguration {
  return checkStage('emulator', {
    ...dev,
    stage: 'emulator',
    platform: { ...dev.platform, version: `${dev.platform.version}-${release}` },
    signIn: { ...dev.signIn, domainPrefix: 'trusted-cloud-onboarding-emulator' },
  });
}
