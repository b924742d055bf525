import { cdk, confirmed, runStageCommand } from './stage-command.ts';

await runStageCommand(async ({ stage, region, yes, keepData }) => {
  if (keepData) {
    process.stdout.write(
      `Stage ${stage} keeps its data: table, keys, backups and logs will stay in the account, and the stack's protection has to be lifted first.\n`,
    );
  } else {
    process.stdout.write(`Stage ${stage} keeps nothing: the table and all onboardings in it will be gone.\n`);
  }
  if (!yes && !(await confirmed(`Remove stage ${stage} in ${region}?`, stage))) {
    process.stdout.write('Nothing was removed.\n');
    return 1;
  }
  return cdk('destroy', '--all', '--force', '-c', `stage=${stage}`, '-c', `region=${region}`);
});
