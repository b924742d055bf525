import { dev } from './dev.ts';
import { prod } from './prod.ts';
import { checkStage, type StageConfiguration, StageConfigurationError } from './stage-configuration.ts';

const files = { dev, prod } as const;
export const stageNames: readonly string[] = Object.keys(files);

/**
 * The checked configuration of a stage, in its own region or in another of its allowed ones.
 *
 * @throws StageConfigurationError when there is no such stage, or a value of its file is wrong.
 */
export function stageNamed(name: string, region?: string): StageConfiguration {
  const file = Object.entries(files).find(([stage]) => stage === name)?.[1];
  if (file === undefined) {
    throw new StageConfigurationError(`There is no stage "${name}". Stages: ${stageNames.join(', ')}.`);
  }
  return checkStage(name, region === undefined ? file : { ...file, region });
}
