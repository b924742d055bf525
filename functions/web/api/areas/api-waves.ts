import type { Operation } from '../operation.ts';
import {
  calendarOperation,
  changeWaveOperation,
  newWaveOperation,
  showWaveOperation,
} from '../operations/waves.ts';

/** The calendar. */
export const waveOperations: readonly Operation[] = [
  calendarOperation,
  newWaveOperation,
  showWaveOperation,
  changeWaveOperation,
];
