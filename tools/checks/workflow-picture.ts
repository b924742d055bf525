import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { loadWorkflow } from '../../workflows/load.ts';
import { withBlock } from '../marked-block.ts';

const state = z.object({
  Type: z.string(),
  Resource: z.string().optional(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.object({ StringEquals: z.string(), Next: z.string() })).optional(),
});
const machine = z.object({ StartAt: z.string(), States: z.record(z.string(), state) });
type State = z.infer<typeof state>;

const page = new URL('../../docs/workflow.md', import.meta.url);

/** Every Choice leads there by default; drawing it would hide the rest of the picture. */
const exitState = 'Why does this run end here?';

function shapeOf(id: string, name: string, { Type, Resource }: State): string {
  if (Type === 'Choice') return `${id}{"${name}"}`;
  if (Type === 'Succeed') return `${id}(["${name}"])`;
  return Resource?.endsWith('waitForTaskToken') ? `${id}[/"${name}"/]` : `${id}["${name}"]`;
}

/** The workflow as a Mermaid flowchart: slanted boxes wait for a person or a date. */
export function workflowPicture(): string {
  const { StartAt, States } = machine.parse(
    loadWorkflow('onboarding.asl.json', { functionName: (task) => task, partition: 'aws' }),
  );
  const ids = new Map(Object.keys(States).map((name, index) => [name, `s${index}`]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  const lines = ['flowchart TD', `  start(( )) --> ${idOf(StartAt)}`];
  for (const [name, found] of Object.entries(States)) {
    lines.push(`  ${shapeOf(idOf(name), name, found)}`);
    const branches = name === StartAt ? [] : (found.Choices ?? []);
    for (const { StringEquals, Next } of branches) {
      lines.push(`  ${idOf(name)} -- ${StringEquals} --> ${idOf(Next)}`);
    }
    const next = found.Next ?? (found.Default === exitState ? undefined : found.Default);
    if (next !== undefined) lines.push(`  ${idOf(name)} --> ${idOf(next)}`);
  }
  return lines.join('\n');
}

/** The page with the current picture of the workflow. */
export function withPicture(text: string): string {
  return withBlock(text, 'workflow', `\`\`\`mermaid\n${workflowPicture()}\n\`\`\``);
}

if (import.meta.main) writeFileSync(page, withPicture(readFileSync(page, 'utf8')));
