import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '@onboarding/dynamodb-local';
import { type AuditFinding, verifyAudit } from '../../functions/application/verify-audit.ts';
import type { HistoryFault } from '../../functions/domain/onboarding/audit-check.ts';
import { siteCodes } from '../../functions/domain/platform-configuration.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { systemClock } from '../../functions/platform/clock.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore } from '../../functions/store/store.ts';
import { clientOf } from './aws-client.ts';
import { isDataFolder, openDataFolder } from './data-folder.ts';
import { tableName } from './services.ts';
import { runCommand } from './start-failure.ts';
import { createTable } from './table.ts';

const usage = 'Usage: npm run verify-audit -- --data DIR\n';

const faultTexts: Readonly<Record<HistoryFault, string>> = {
  altered: 'was altered',
  missing: 'is missing',
  out_of_order: 'stands out of order',
  added: 'was added after the last one',
};

function lineOf({ of, id, event, fault }: AuditFinding): string {
  return `${of} ${id}: event ${event} ${faultTexts[fault]}\n`;
}

/**
 * Checks the histories in a data folder, of onboardings and of waves, and prints the first fault of each that does not hold.
 * The system must not be running on the folder.
 *
 * @returns the exit code: 0 if every history holds, 1 if one does not or cannot be read, 2 for a wrong command line.
 */
export async function verify(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  if (values.data === undefined || positionals.length > 0) {
    print(usage);
    return 2;
  }
  if (!isDataFolder(values.data)) {
    print(`${values.data} is not a data folder of this system: nothing was checked.\n`);
    return 1;
  }
  const dataFolder = openDataFolder(values.data);
  try {
    await using opened = new AsyncDisposableStack();
    const dynamoDb = await startDynamoDb({ folder: dataFolder.path });
    opened.defer(() => dynamoDb.close());
    const client = new DynamoDBClient(clientOf(dynamoDb));
    opened.defer(() => client.destroy());
    await createTable(client, tableName);
    const unread = new Set<string>();
    const store = createStore(documentClient(client), tableName, systemClock, ({ reference }) =>
      unread.add(reference),
    );
    const report = await verifyAudit(store, siteCodes(samplePlatform));
    const unreadable = [...new Set([...unread, ...report.unreadable])];
    // Of a history that is read in part, nothing can be said.
    const findings = report.findings.filter(({ id }) => !unreadable.includes(id));
    for (const finding of findings) print(lineOf(finding));
    if (unreadable.length > 0) print(`not readable by this release: ${unreadable.join(', ')}\n`);
    print(
      `${report.events} events of ${report.onboardings} onboardings and ${report.waves} waves checked: ${findings.length} broken.\n`,
    );
    return findings.length + unreadable.length === 0 ? 0 : 1;
  } finally {
    dataFolder.close();
  }
}

if (import.meta.main) await runCommand(verify);
