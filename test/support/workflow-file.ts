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

/** The workflow as it is loaded, with its placeholders filled in by the names of the tasks. */
export const workflowDefinition = loadWorkflow('onboarding.asl.json', {
  functionName: (task) => task,
  partition: 'aws',
});
export const workflow = machine.parse(workflowDefinition);
export const workflowStates = Object.entries(workflow.States);
export const workflowTasks = workflowStates.filter(([, { Type }]) => Type === 'Task');

function edgesFrom([from, { Next, Default, Choices = [], Retry = [], Catch = [] }]: [string, WorkflowState]) {
  const named = (via: string, to: string) => edgeName({ from, via, to });
  return [
    ...(Next === undefined ? [] : [named('Next', Next)]),
    ...(Default === undefined ? [] : [named('Default', Default)]),
    ...Choices.map((choice, index) => named(`Choice[${index}]`, choice.Next)),
    // A retrier without attempts only says what is not tried again.
    ...Retry.flatMap(({ MaxAttempts }, index) => (MaxAttempts > 0 ? [named(`Retry[${index}]`, from)] : [])),
    ...Catch.map((catcher, index) => named(`Catch[${index}]`, catcher.Next)),
  ];
}

/** Every transition that the workflow file allows. */
export const workflowEdges: readonly string[] = workflowStates.flatMap(edgesFrom);
