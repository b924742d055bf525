import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../infra/local/virtual-clock.ts';

const start = new Date('2026-11-23T08:00:00Z');
const later = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
const still = () => createVirtualClock({ start, timeScale: 0 });
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

describe('a stopped clock', () => {
  it('does not move by itself', async () => {
    const clock = still();
    await pause(15);
    expect(clock.now()).toEqual(start);
  });

  it('jumps to the next timer and fires only that one', async () => {
    const clock = still();
    const fired: string[] = [];
    clock.setTimer(later(2000), () => void fired.push('second'));
    clock.setTimer(later(1000), () => void fired.push('first'));
    await expect(clock.jumpToNext()).resolves.toEqual(later(1000));
    expect(fired).toEqual(['first']);
    expect(clock.now()).toEqual(later(1000));
    expect(clock.nextDeadline()).toEqual(later(2000));
  });

  it('fires timers by instant, ties in order of creation, regardless of cancellations', async () => {
    const timer = fc.record({ at: fc.integer({ min: 1, max: 20 }), cancelled: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(timer, { maxLength: 60 }), async (timers) => {
        const clock = still();
        const fired: number[] = [];
        const cancels = timers.map(({ at }, index) =>
          clock.setTimer(later(at), () => void fired.push(index)),
        );
        for (const [index, { cancelled }] of timers.entries()) if (cancelled) cancels[index]?.();
        await clock.jumpTo(later(100));
        const expected = timers
          .map(({ at, cancelled }, index) => ({ at, cancelled, index }))
          .filter(({ cancelled }) => !cancelled)
          .sort((left, right) => left.at - right.at || left.index - right.index)
          .map(({ index }) => index);
        expect(fired).toEqual(expected);
        expect(clock.now()).toEqual(later(100));
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  it('completes the work started by a timer, directly or indirectly, before the next timer', async () => {
    const clock = still();
    const log: string[] = [];
    const work = async (name: string): Promise<void> => {
      await pause(5);
      log.push(name);
    };
    clock.setTimer(later(10), () => {
      void clock.track(work('work').then(() => void clock.track(work('its work'))));
    });
    clock.setTimer(later(20), () => void log.push('timer'));
    await clock.jumpTo(later(30));
    expect(log).toEqual(['work', 'its work', 'timer']);
  });

  it('waits for a part that reports pending work', async () => {
    const clock = still();
    let busy: Promise<void> | undefined = pause(10).then(() => {
      busy = undefined;
    });
    const withdraw = clock.addBusySource(() => busy);
    await clock.settled();
    expect(busy).toBeUndefined();
    withdraw();
  });

  it('fires a timer set during a jump when it is due before the target', async () => {
    const clock = still();
    const at: Date[] = [];
    clock.setTimer(later(10), () => void clock.setTimer(later(15), () => void at.push(clock.now())));
    await clock.jumpTo(later(20));
    expect(at).toEqual([later(15)]);
  });

  it('fires a timer that is already due immediately', async () => {
    const clock = still();
    let fired = false;
    clock.setTimer(start, () => {
      fired = true;
    });
    await clock.settled();
    expect(fired).toBe(true);
  });

  it('never goes back', async () => {
    const clock = still();
    await clock.jumpTo(later(1000));
    await clock.jumpTo(start);
    expect(clock.now()).toEqual(later(1000));
  });

  it('runs two jumps one after the other', async () => {
    const clock = still();
    const at: Date[] = [];
    for (const instant of [10, 20, 30]) clock.setTimer(later(instant), () => void at.push(clock.now()));
    await Promise.all([clock.jumpTo(later(15)), clock.jumpTo(later(40))]);
    expect(at).toEqual([later(10), later(20), later(30)]);
    expect(clock.now()).toEqual(later(40));
  });

  it('has no next deadline once all timers are cancelled', async () => {
    const clock = still();
    clock.setTimer(later(5), () => undefined)();
    expect(clock.nextDeadline()).toBeUndefined();
    await expect(clock.jumpToNext()).resolves.toBeUndefined();
  });

  it('rejects the jump when a timer fails', async () => {
    const clock = still();
    clock.setTimer(later(5), () => Promise.reject(new Error('no paper')));
    await expect(clock.jumpToNext()).rejects.toThrow('no paper');
  });

  it('keeps 50,000 timers cheap to set, cancel and fire', async () => {
    const clock = still();
    let fired = 0;
    const cancels = Array.from({ length: 50_000 }, (_, index) =>
      clock.setTimer(later(((index * 7919) % 1000) + 1), () => {
        fired += 1;
      }),
    );
    for (const [index, cancel] of cancels.entries()) if (index % 50 !== 0) cancel();
    const before = performance.now();
    await clock.jumpTo(later(2000));
    expect(fired).toBe(1000);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('a running clock', () => {
  it('runs at its time scale and fires timers on its own', async () => {
    const clock = createVirtualClock({ start, timeScale: 100_000 });
    const fired = new Promise<Date>((resolve) =>
      clock.setTimer(later(1_000_000), () => resolve(clock.now())),
    );
    expect((await fired).getTime()).toBeGreaterThanOrEqual(later(1_000_000).getTime());
    clock.stop();
  });

  it('does not fire at once a timer that lies beyond 2^31 milliseconds', async () => {
    const clock = createVirtualClock({ start });
    let fired = false;
    clock.setTimer(later(40 * 86_400_000), () => {
      fired = true;
    });
    await pause(20);
    expect(fired).toBe(false);
    await clock.jumpTo(later(41 * 86_400_000));
    expect(fired).toBe(true);
    clock.stop();
  });

  it('lets others have their turn between timers that are always due again', async () => {
    const clock = createVirtualClock({ start, timeScale: 1_000_000 });
    let fired = 0;
    let last = 0;
    const again = (): void => {
      fired += 1;
      clock.setTimer(clock.now(), again);
    };
    again();
    // A timer that starved the others would never let this end.
    while (fired < 100) {
      await pause(1);
      expect(fired).toBeGreaterThan(last);
      last = fired;
    }
    clock.stop();
  });

  it('stands still until it is let run', async () => {
    const clock = createVirtualClock({ start, timeScale: 1_000_000, held: true });
    const fired = new Promise<void>((resolve) => clock.setTimer(later(1), resolve));
    await pause(5);
    expect(clock.now()).toEqual(start);
    clock.run();
    await fired;
    expect(clock.now().getTime()).toBeGreaterThan(start.getTime());
    clock.stop();
  });

  it('stops at its end', async () => {
    const clock = createVirtualClock({ start, timeScale: 1_000_000, end: later(1_000) });
    let fired = false;
    clock.setTimer(later(1_001), () => {
      fired = true;
    });
    await new Promise<void>((resolve) => clock.setTimer(later(1_000), resolve));
    await pause(5);
    expect({ now: clock.now(), fired }).toEqual({ now: later(1_000), fired: false });
    clock.stop();
  });

  it('refuses to run backwards', () => {
    expect(() => createVirtualClock({ start, timeScale: -1 })).toThrow(RangeError);
  });
});
