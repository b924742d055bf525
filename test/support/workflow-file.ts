import type { Edge } from '@onboarding/step-functions-local';
import * as z from 'zod';
import { loadWorkflow } from '../../workflows/load.ts';
import { edgeName } from './taken-edges.ts';

const names = z.array(z.string());
const retrier = z.object({ ErrorEquals: names, MaxAttempts: z.number() });
const state = z.object({
  Type: z.string(),
  Comment: z.string().optional(),
  Resource: z.string().optional(),
  Parameters: z.object({ FunctionName: z.string() }).optional(),
  TimeoutSeconds: z.number().optional(),
  HeartbeatSeconds: z.number().optional(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.object({ Next: z.string() })).optional(),
  Retry: z.array(retrier).optional(),
  Catch: z.array(z.object({ ErrorEquals: names, Next: z.string() })).optional(),
});
const machine = z.object({
  StartAt: z.string(),
  TimeoutSeconds: z.number().optional(),
  States: z.record(z.string(), state),
});
export type WorkflowState = z.infer<typeof state>;
export type Workflow = z.infer<typeof machine>;

/** The workflow as it is loaded, with its placeholders filled in by the names of the tasks. */
export const workflowDefinition = loadWorkflow('onboarding.asl.json', {
  functionName: (task) => task,
  partition: 'aws',
});

/** What the tests look at in a definition. */
export function readWorkflow(definition: Record<string, unknown>): Workflow {
  return machine.parse(definition);
}

export const workflow = readWorkflow(workflowDefinition);
export const workflowStates = Object.entries(workflow.States);
export const workflowTasks = workflowStates.filter(([, { Type }]) => Type === 'Task');

/** Every transition that a state allows. */
export function edgesFrom([from, { Next, Default, Choices = [], Retry = [], Catch = [] }]: readonly [
  string,
  WorkflowState,
]): readonly Pick<Edge, 'from' | 'via' | 'to'>[] {
  return [
    ...(Next === undefined ? [] : [{ from, via: 'Next', to: Next }]),
    ...(Default === undefined ? [] : [{ from, via: 'Default', to: Default }]),
    ...Choices.map((choice, index) => ({ from, via: `Choice[${index}]`, to: choice.Next })),
    // A retrier without attempts only says what is not tried again.
    ...Retry.flatMap(({ MaxAttempts }, index) =>
      MaxAttempts > 0 ? [{ from, via: `Retry[${index}]`, to: from }] : [],
    ),
    ...Catch.map((catcher, index) => ({ from, via: `Catch[${index}]`, to: catcher.Next })),
  ];
}

/** Every transition that the workflow file allows. */
export const workflowEdges: readonly string[] = workflowStates.flatMap(edgesFrom).map(edgeName);
