import { Aspects, type Stack } from 'aws-cdk-lib';
import { isWhole, LeaveOut, omissions } from './omissions.ts';
import { QuickTime } from './timing.ts';

export interface Emulation {
  /** Seconds by which functions are ahead of the real time. */
  readonly clockOffset: number;
  /** A state that the workflow of this release begins with. */
  readonly firstState?: string | undefined;
  /** Outputs that the emulator cannot tell stay: the release fails when everything else is done. */
  readonly failsAtTheEnd?: boolean;
}

/** All that is done to the stack for the emulator; a test holds it to what is declared. */
export function emulate(stack: Stack, { clockOffset, firstState, failsAtTheEnd = false }: Emulation): void {
  Aspects.of(stack).add(new LeaveOut(failsAtTheEnd ? omissions.filter(isWhole) : omissions));
  Aspects.of(stack).add(new QuickTime(clockOffset, firstState));
}
