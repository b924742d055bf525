import { expect, it } from 'vitest';
import {
  ClockOffsetRefusedError,
  clockFromEnvironment,
  systemClock,
} from '../../functions/platform/clock.ts';

const emulator = 'http://127.0.0.1:4566';

it('is the real clock without an offset', () => {
  expect(clockFromEnvironment({})).toBe(systemClock);
  expect(clockFromEnvironment({ AWS_ENDPOINT_URL: emulator })).toBe(systemClock);
});

it.each([
  [86_400, '86400'],
  [-3_600, '-3600'],
])('is offset by %i seconds when AWS is an emulator on this machine', (seconds, setting) => {
  const clock = clockFromEnvironment({ AWS_ENDPOINT_URL: emulator, CLOCK_OFFSET_SECONDS: setting });
  expect(Math.abs(clock.now().getTime() - Date.now() - seconds * 1_000)).toBeLessThan(1_000);
});

it.each([
  ['no emulator', undefined],
  ['an emulator elsewhere', 'http://emulator.example:4566'],
  ['a name that only begins like this machine', 'http://127.0.0.1.example/'],
  ['an address that is none', '127.0.0.1'],
])('refuses an offset with %s', (_, endpoint) => {
  const environment = { AWS_ENDPOINT_URL: endpoint, CLOCK_OFFSET_SECONDS: '60' };
  expect(() => clockFromEnvironment(environment)).toThrow(ClockOffsetRefusedError);
});

it.each(['', 'soon', '1.5', '1e3', '99999999999'])('refuses the offset "%s"', (setting) => {
  const environment = { AWS_ENDPOINT_URL: emulator, CLOCK_OFFSET_SECONDS: setting };
  expect(() => clockFromEnvironment(environment)).toThrow(ClockOffsetRefusedError);
});
