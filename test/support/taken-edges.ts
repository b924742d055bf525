import type { Edge } from '@onboarding/step-functions-local';

/** How a transition of the workflow is written in a report: the state left, by what, the state entered. */
export function edgeName(edge: Pick<Edge, 'from' | 'via' | 'to'>): string {
  return `${edge.from} --${edge.via}--> ${edge.to}`;
}

/** Every transition that any scenario of this process has taken. */
export const takenEdges = new Set<string>();
