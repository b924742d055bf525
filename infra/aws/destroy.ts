import { assembly, cdk, confirmed, runStageCommand, synthesise } from './stage-command.ts';

await runStageCommand(async (given) => {
  const { stage, region, yes, keepData } = given;
  const { account, goes, stays } = synthesise(given);
  const lines = [
    'Goes:',
    ...[...goes].toSorted().map(([type, count]) => `  ${count} × ${type}`),
    'Stays in the account:',
    ...(stays.length === 0 ? ['  nothing'] : stays.map((what) => `  ${what}`)),
    keepData
      ? `Stage ${stage} keeps its data, and CloudFormation protects its stack: the protection has to be lifted first (docs/operations.md, "Remove a stage").`
      : `Stage ${stage} keeps nothing: the table and all onboardings in it will be gone.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const question = `Remove stage ${stage} in ${region}, account ${account}?`;
  if (!yes && !(await confirmed(question, stage))) {
    process.stdout.write('Nothing was removed.\n');
    return 1;
  }
  return cdk('destroy', '--app', assembly, '--all', '--force');
});
