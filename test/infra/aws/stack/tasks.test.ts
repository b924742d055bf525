import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { samplePlatform } from '../../../../functions/domain/waves/sample-platform.ts';
import { systemClock } from '../../../../functions/platform/clock.ts';
import { keyedLinks } from '../../../../functions/platform/links.ts';
import { jsonLogger } from '../../../../functions/platform/log.ts';
import { createWorkflow } from '../../../../functions/platform/workflow.ts';
import { documentClient } from '../../../../functions/store/dependencies.ts';
import { createStore } from '../../../../functions/store/store.ts';
import { entryOf } from '../../../../infra/aws/function-bundles.ts';
import { deployedFolders } from '../../../../infra/aws/onboarding-stack.ts';
import { createTasks } from '../../../../infra/local/tasks.ts';
import { tasks } from '../../../../workflows/tasks.ts';
import { templateOf } from './synthesised.ts';

const names = Object.keys(tasks).sort();
const { ofType } = templateOf();
const deployed = ofType('AWS::Lambda::Function').map(([, { Properties }]) =>
  String(Properties['FunctionName']).replace('onboarding-dev-', ''),
);
const [machine] = ofType('AWS::StepFunctions::StateMachine');
const definition = JSON.stringify(machine?.[1].Properties['DefinitionString']);

/** The tasks of one machine, made with clients that are never called. */
function localTasks(): readonly string[] {
  const logger = jsonLogger(() => undefined);
  const clock = systemClock;
  const region = 'eu-west-3';
  return Object.keys(
    createTasks({
      store: createStore(documentClient(new DynamoDBClient({ region })), 'onboarding', clock),
      clock,
      logger,
      registry: { lookUp: async () => ({ status: 'unavailable' }) },
      workflow: createWorkflow(new SFNClient({ region }), 'unused'),
      links: keyedLinks(new Uint8Array(32)),
      platform: samplePlatform,
    }),
  );
}

describe('the list of tasks', () => {
  it('with the standard retry equals the placeholders of the workflow file', () => {
    const file = readFileSync(new URL('../../../../workflows/onboarding.asl.json', import.meta.url), 'utf8');
    const placeholders = new Set([...file.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect([...placeholders].sort()).toEqual([...names, 'StandardRetry'].sort());
  });

  it('equals the tasks of the local runtime', () => {
    expect([...localTasks()].sort()).toEqual(names);
  });

  it.each(Object.entries(tasks))(
    'contains %s, which is deployed and called by the state machine',
    (_, { folder }) => {
      const [entry] = ofType('AWS::Lambda::Function').filter(
        ([, { Properties }]) => Properties['FunctionName'] === `onboarding-dev-${folder}`,
      );
      expect(entry).toBeDefined();
      expect(definition).toContain(`"Fn::GetAtt":["${entry?.[0]}","Arn"]`);
    },
  );

  it('together with jobs and web equals the deployed functions', () => {
    expect(deployed.toSorted()).toEqual(deployedFolders.toSorted());
  });

  it('names folders that contain code', () => {
    expect(deployedFolders.map((folder) => entryOf(folder))).toHaveLength(deployed.length);
  });

  it('fills every placeholder of the deployed definition', () => {
    for (const name of names) expect(definition).not.toContain(`\${${name}}`);
  });
});
