import { SFNClient } from '@aws-sdk/client-sfn';
import { required } from './environment.ts';
import { createExecutionWatch, createWorkflow, type ExecutionWatch, type Workflow } from './workflow.ts';

export function workflowFromEnvironment(): Workflow {
  return createWorkflow(new SFNClient({}), required('STATE_MACHINE_ARN'));
}

export function executionWatchFromEnvironment(): ExecutionWatch {
  return createExecutionWatch(new SFNClient({}), required('STATE_MACHINE_ARN'));
}
