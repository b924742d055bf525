import { assembly, cdk, confirmed, runStageCommand, synthesise } from './stage-command.ts';

// The diff and the deployment read the same synthesised files, so what is shown is what is deployed.
await runStageCommand(async (given) => {
  const { stage, region, yes } = given;
  const { account } = synthesise(given);
  const diffExitCode = cdk('diff', '--app', assembly);
  if (diffExitCode !== 0) return diffExitCode;
  const question = `Deploy this to stage ${stage} in ${region}, account ${account}?`;
  if (!yes && !(await confirmed(question, stage))) {
    process.stdout.write('Nothing was changed.\n');
    return 1;
  }
  return cdk('deploy', '--app', assembly, '--require-approval', 'never', '--all');
});
