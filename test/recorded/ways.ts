import type { Edge } from '@onboarding/step-functions-local';
import { edgeName } from '../support/taken-edges.ts';
import { edgesFrom, type Workflow } from '../support/workflow-file.ts';

/** True for a state that waits for its token. */
function isWait({ States }: Workflow, name: string): boolean {
  return States[name]?.Resource?.endsWith('.waitForTaskToken') === true;
}

/** Every transition that a definition allows. */
export function edgesOf({ States }: Workflow): readonly string[] {
  return Object.entries(States).flatMap(edgesFrom).map(edgeName);
}

export function waitsOf(workflow: Workflow): readonly string[] {
  return Object.keys(workflow.States).filter((name) => isWait(workflow, name));
}

/** A way that goes one transition further than it did. */
function further(way: string, { from, via, to }: Pick<Edge, 'from' | 'via' | 'to'>): string {
  return way + edgeName({ from, via, to }).slice(from.length);
}

function waysFrom(workflow: Workflow, name: string, way: string): readonly string[] {
  const found = workflow.States[name];
  if (found === undefined) return [];
  return edgesFrom([name, found]).flatMap((edge) => {
    const longer = further(way, edge);
    return workflow.States[edge.to]?.Type === 'Choice' ? waysFrom(workflow, edge.to, longer) : [longer];
  });
}

/**
 * Every way through the waits: from a wait over all the choices behind it to the state that they lead to. Waits share
 * the choice that tells why a run ends, so its transitions alone would not say of which wait they were taken.
 */
export function waysThroughWaits(workflow: Workflow): readonly string[] {
  return waitsOf(workflow).flatMap((wait) => waysFrom(workflow, wait, wait));
}

/** What executions took of a definition. */
export class Taken {
  readonly edges = new Set<string>();
  /** The ways through waits. */
  readonly ways = new Set<string>();
  readonly #workflow: Workflow;
  /** How far each execution has come that has left a wait and stands before a choice. */
  readonly #begun = new Map<string, string>();

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
  }

  add(edge: Edge): void {
    this.edges.add(edgeName(edge));
    const way = isWait(this.#workflow, edge.from) ? edge.from : this.#begun.get(edge.execution);
    this.#begun.delete(edge.execution);
    if (way === undefined) return;
    const longer = further(way, edge);
    if (this.#workflow.States[edge.to]?.Type === 'Choice') this.#begun.set(edge.execution, longer);
    else this.ways.add(longer);
  }
}
