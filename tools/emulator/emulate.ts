import { Aspects, type Stack } from 'aws-cdk-lib';
import { isWhole, LeaveOut, omissions } from './omissions.ts';
import { QuickTime } from './timing.ts';

export interface Emulation {
  /** Clock offset of the functions in seconds. */
  readonly clockOffset: number;
  /** Name of an additional start state in this release's workflow. */
  readonly firstState?: string | undefined;
  /** Keeps outputs that the emulator cannot resolve, so that the deployment fails at its end. */
  readonly failsAtTheEnd?: boolean;
}

/** All changes of the stack for the emulator; a test compares them with the declared list. */
export function emulate(stack: Stack, { clockOffset, firstState, failsAtTheEnd = false }: Emulation): void {
  Aspects.of(stack).add(new LeaveOut(failsAtTheEnd ? omissions.filter(isWhole) : omissions));
  Aspects.of(stack).add(new QuickTime(clockOffset, firstState));
}
