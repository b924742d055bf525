import type { IAspect } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import { clockOffsetSetting } from '../../functions/platform/clock.ts';

/**
 * Five days of waiting become a second: time-outs of waits are divided by this, so that reminders are sent during the
 * trial. Time-outs of tasks are not changed.
 */
export const waitDivisor = 5 * 86_400;

const state = z.looseObject({
  Resource: z.string().optional(),
  TimeoutSeconds: z.int().optional(),
  HeartbeatSeconds: z.int().optional(),
});
const definition = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), state) });

function divided(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds / waitDivisor));
}

/** The definition with shorter waits on people and no other change. */
export function shortenWaits(json: string): string {
  const { States, ...rest } = definition.parse(JSON.parse(json));
  const shortened = Object.entries(States).map(([name, found]) => [
    name,
    found.Resource?.endsWith('.waitForTaskToken') === true
      ? {
          ...found,
          TimeoutSeconds: divided(found.TimeoutSeconds),
          HeartbeatSeconds: divided(found.HeartbeatSeconds),
        }
      : found,
  ]);
  return JSON.stringify({ ...rest, States: Object.fromEntries(shortened) });
}

/** A later release of the definition, with an additional start state. */
export function withFirstState(json: string, name: string): string {
  const { StartAt, States, ...rest } = definition.parse(JSON.parse(json));
  const first = { Type: 'Pass', Comment: 'New in this release.', Next: StartAt };
  return JSON.stringify({ ...rest, StartAt: name, States: { [name]: first, ...States } });
}

/** Speeds up time: shortens waits and sets the clock offset of the functions. */
export class QuickTime implements IAspect {
  private readonly clockOffset: number;
  private readonly firstState: string | undefined;

  /** @param clockOffset seconds by which the trial is ahead of real time */
  constructor(clockOffset: number, firstState?: string) {
    this.clockOffset = clockOffset;
    this.firstState = firstState;
  }

  visit(node: IConstruct): void {
    if (node instanceof CfnFunction) {
      node.addPropertyOverride(`Environment.Variables.${clockOffsetSetting}`, String(this.clockOffset));
    }
    if (node instanceof CfnStateMachine && node.definitionString !== undefined) {
      const shortened = shortenWaits(node.definitionString);
      node.definitionString =
        this.firstState === undefined ? shortened : withFirstState(shortened, this.firstState);
    }
  }
}
