import { randomUUID } from 'node:crypto';
import { account, machineArn, region } from './arn.ts';
import type { Facts, StatusChange } from './execution.ts';

/** The event EventBridge would deliver for the execution's present status. */
export function statusChangeOf(facts: Facts, now: number): StatusChange {
  const included = { included: true };
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region,
    resources: [facts.arn],
    detail: {
      executionArn: facts.arn,
      stateMachineArn: machineArn(facts.machine),
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      name: facts.name,
      status: facts.status,
      startDate: facts.startDate,
      stopDate: facts.stopDate,
      input: facts.input,
      inputDetails: included,
      output: facts.output,
      outputDetails: facts.output === null ? null : included,
      error: facts.error,
      cause: facts.cause,
      redriveCount: facts.redriveCount,
      redriveDate: facts.redriveDate,
    },
  };
}
