import { assembly, cdk, confirmed, runStageCommand, synthesise } from './stage-command.ts';

// What is shown is what is deployed: both read the same synthesised files.
await runStageCommand(async (given) => {
  const { stage, region, yes } = given;
  const { account } = synthesise(given);
  const shown = cdk('diff', '--app', assembly);
  if (shown !== 0) return shown;
  const question = `Deploy this to stage ${stage} in ${region}, account ${account}?`;
  if (!yes && !(await confirmed(question, stage))) {
    process.stdout.write('Nothing was changed.\n');
    return 1;
  }
  return cdk('deploy', '--app', assembly, '--require-approval', 'never', '--all');
});
