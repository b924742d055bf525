import { assembly, cdk, confirmed, runStageCommand, synthesise } from './stage-command.ts';

await runStageCommand(async (given) => {
  const { stage, region, yes, keepData } = given;
  const { account, removed, retained } = synthesise(given);
  const lines = [
    'Will be removed:',
    ...[...removed].toSorted().map(([type, count]) => `  ${count} × ${type}`),
    'Will be kept in the account:',
    ...(retained.length === 0 ? ['  nothing'] : retained.map((resource) => `  ${resource}`)),
    keepData
      ? `Stage ${stage} keeps its data, and CloudFormation protects its stack: disable the termination protection first (docs/operations.md, "Remove a stage").`
      : `Stage ${stage} keeps no data: the table and all onboardings in it will be deleted.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const question = `Remove stage ${stage} in ${region}, account ${account}?`;
  if (!yes && !(await confirmed(question, stage))) {
    process.stdout.write('Nothing was removed.\n');
    return 1;
  }
  return cdk('destroy', '--app', assembly, '--all', '--force');
});
