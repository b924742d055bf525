import { dev } from '../../infra/aws/config/dev.ts';
import { checkStage, type StageConfiguration } from '../../infra/aws/config/stage-configuration.ts';

/**
 * The stage deployed to the emulator: the small stage under another name.
 *
 * @param release changes the file beside the code of every function, as a later release does.
 */
export function emulatorStage(release = 'first'): StageConfiguration {
  return checkStage('emulator', {
    ...dev,
    stage: 'emulator',
    platform: { ...dev.platform, version: `${dev.platform.version}-${release}` },
    signIn: { ...dev.signIn, domainPrefix: 'trusted-cloud-onboarding-emulator' },
  });
}
