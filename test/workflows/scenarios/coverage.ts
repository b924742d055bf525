import { describe, expect, test } from 'vitest';
import { takenEdges } from '../../support/taken-edges.ts';
import { workflow, workflowEdges, workflowStates } from '../../support/workflow-file.ts';

describe('The scenarios together', () => {
  test('take every branch, catch, retry and transition of the workflow file', () => {
    expect(workflowEdges.length).toBeGreaterThan(workflowStates.length);
    expect(workflowEdges.filter((edge) => !takenEdges.has(edge))).toEqual([]);
  });

  test('take no transition that is not in the workflow file', () => {
    expect([...takenEdges].filter((edge) => !workflowEdges.includes(edge))).toEqual([]);
  });

  test('enter every state', () => {
    const entered = new Set([
      workflow.StartAt,
      ...[...takenEdges].map((edge) => edge.replace(/^.*--> /, '')),
    ]);
    expect(workflowStates.map(([name]) => name).filter((name) => !entered.has(name))).toEqual([]);
  });
});
