import type { Operation } from '../operation.ts';
import { changeTaskOperation } from '../operations/tasks.ts';
import { waveSeriesOperation } from '../operations/wave-series.ts';
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
  waveSeriesOperation,
  showWaveOperation,
  changeWaveOperation,
  changeTaskOperation,
];
