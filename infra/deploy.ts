import { cdk, confirmed, runStageCommand } from './stage-command.ts';

const assembly = 'cdk.out';

// What is shown is what is deployed: both read the same synthesised files.
await runStageCommand(async ({ stage, region, yes }) => {
  const synthesised = cdk(
    'synth',
    '--quiet',
    '--output',
    assembly,
    '-c',
    `stage=${stage}`,
    '-c',
    `region=${region}`,
  );
  if (synthesised !== 0) return synthesised;
  const shown = cdk('diff', '--app', assembly);
  if (shown !== 0) return shown;
  if (!yes && !(await confirmed(`Deploy this to stage ${stage} in ${region}?`, stage))) {
    process.stdout.write('Nothing was changed.\n');
    return 1;
  }
  return cdk('deploy', '--app', assembly, '--require-approval', 'never', '--all');
});
