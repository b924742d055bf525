import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { instantAt } from '../../functions/domain/calendar-date.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { goNoGoDay, type Wave } from '../../functions/domain/waves/wave.ts';
import { earlierOutbox, laneOf, outboxPartitions, outboxShards } from '../../functions/store/keys.ts';
import { answersOf, readBehaviours } from '../../infra/local/onboard/behaviours.ts';
import { decideByTwo } from '../../infra/local/onboard/decide-by-two.ts';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { type KeyUnits, writeUnitsByKey } from './capacity-units.ts';
import { generatedProspects } from './generated-prospects.ts';
import { createMeter } from './meter.ts';

/** The writes and reads of one act of an onboarding, by partition key. */
export interface Act {
  readonly act: ActName;
  readonly writes: readonly KeyUnits[];
  readonly reads: readonly KeyUnits[];
}

export const actNames = [
  'start',
  'save a page',
  'answer',
  'confirm the wave',
  'ask for another date',
  'open the go/no-go',
  'go',
  'silence is no-go',
  'remind',
  'move out of a cancelled wave',
  'join the waiting list',
  'offer a place',
] as const;
export type ActName = (typeof actNames)[number];

const operator: Actor = { kind: 'operator', id: 'operator' };
const customer: Actor = { kind: 'customer', id: 'customer' };
const examples = new URL('../../examples/', import.meta.url).pathname;
const { behaviour } = readBehaviours(`${examples}answers`).of('');
/** Two organisations that the sample registry knows. */
const sirens = ['999000102', '999002538'] as const;

/** Keys of one onboarding, one request, one session: no other onboarding writes to them. */
const ownKeys = new Set(['ONB', 'SIREN', 'MAIL', 'IDEM', 'LINK', 'SESSION']);

/** The key without its variable part if it belongs to a single onboarding; a shard of the outbox takes its share. */
function named({ index, partition, units }: KeyUnits): KeyUnits {
  const [kind = ''] = partition.split('#');
  const lane = laneOf(partition);
  if (lane !== undefined && partition !== earlierOutbox) {
    return { partition: `a shard of ${outboxPartitions[lane]}`, units: units / outboxShards };
  }
  return {
    ...(index === undefined ? {} : { index }),
    partition: ownKeys.has(kind) ? `${kind}#…` : partition,
    units,
  };
}

/** True for a key that belongs to a single onboarding. */
export function isOwn({ partition }: KeyUnits): boolean {
  return partition.endsWith('#…');
}

function added(all: readonly KeyUnits[]): readonly KeyUnits[] {
  const sums = new Map<string, KeyUnits>();
  for (const each of all.map(named)) {
    const key = `${each.index ?? ''} ${each.partition}`;
    sums.set(key, { ...each, units: each.units + (sums.get(key)?.units ?? 0) });
  }
  return [...sums.values()].toSorted((a, b) => b.units - a.units);
}

/** A system in memory whose reads and writes are recorded act by act. */
class Stage {
  readonly runtime: Runtime;
  readonly acts: Act[] = [];
  readonly #recorder: Recorder;
  readonly #intakes: readonly OwnedIntake[];

  constructor(runtime: Runtime, recorder: Recorder) {
    this.runtime = runtime;
    this.#recorder = recorder;
    this.#intakes = generatedProspects(sirens.length).map((intake, index) => ({
      ...intake,
      siren: sirens[index] ?? '',
      services: ['exchange', 'teams'],
    }));
  }

  async record(act: ActName, perform: (runtime: Runtime) => Promise<unknown>): Promise<void> {
    this.#recorder.begin();
    await perform(this.runtime);
    await this.runtime.clock.settled();
    this.acts.push({ act, ...this.#recorder.end() });
  }

  async start(which = 0): Promise<string> {
    const intake = this.#intakes[which];
    if (intake === undefined) throw new RangeError('No such prospect');
    let reference = '';
    await this.record('start', async (runtime) => {
      const request = { scope: 'bench', key: intake.siren, body: intake.siren };
      reference = await startOnboarding(runtime, request, intake, operator);
    });
    return reference;
  }

  answers(which = 0) {
    const intake = this.#intakes[which];
    if (intake === undefined) throw new RangeError('No such prospect');
    return answersOf(behaviour, intake, 0);
  }

  answer(reference: string, act: ActName = 'answer', which = 0): Promise<void> {
    return this.record(act, (runtime) => submitAnswers(runtime, reference, this.answers(which), customer));
  }

  /** To the given hour of the go/no-go of the cutover that is booked; only what falls due then is recorded. */
  async eve(reference: string, hour: '08:00' | '18:00', act: ActName): Promise<void> {
    const { booking } = await this.runtime.store.onboardings.now(reference);
    const at = instantAt(goNoGoDay(booking?.cutover ?? '2027-12-31'), hour);
    await this.runtime.clock.jumpTo(new Date(at.getTime() - 1));
    await this.record(act, (runtime) => runtime.clock.jumpTo(at));
  }
}

interface Recorder {
  begin(): void;
  end(): { readonly writes: readonly KeyUnits[]; readonly reads: readonly KeyUnits[] };
}

/** Plays a part of an onboarding's life in a system of its own. */
async function play(
  calendar: readonly Wave[],
  perform: (stage: Stage) => Promise<void>,
): Promise<readonly Act[]> {
  let writes: KeyUnits[] = [];
  let reads: KeyUnits[] = [];
  const meter = createMeter((read) => reads.push(...read));
  meter.count(false);
  const runtime = await startRuntime({
    from: new Date('2026-11-23T08:00:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar,
    registryFile: `${examples}registry.json`,
    hooks: {
      onWrite: (written) => writes.push(...written.flatMap(writeUnitsByKey)),
      onClient: meter.watch,
    },
  });
  const stage = new Stage(runtime, {
    begin: () => {
      writes = [];
      reads = [];
      meter.count(true);
    },
    end: () => {
      meter.count(false);
      return { writes: added(writes), reads: added(reads) };
    },
  });
  try {
    await perform(stage);
    return stage.acts;
  } finally {
    await runtime.close();
  }
}

async function theOrdinaryWay(stage: Stage): Promise<void> {
  const reference = await stage.start();
  const { A3 } = stage.answers();
  const page = { questions: ['A3' as const], given: { A3 } };
  await stage.record('save a page', (runtime) => savePage(runtime, reference, page, customer));
  await stage.answer(reference);
  await stage.record('ask for another date', (runtime) =>
    answerWave(runtime, reference, 'another_date', customer),
  );
  await stage.record('confirm the wave', (runtime) => answerWave(runtime, reference, 'confirm', customer));
  await stage.eve(reference, '08:00', 'open the go/no-go');
  await stage.record('go', (runtime) =>
    decideByTwo(runtime, reference, { kind: 'go_no_go', decision: 'go', reason: 'bench' }, operator),
  );
}

async function aSilentCustomer(stage: Stage): Promise<void> {
  const reference = await stage.start();
  const { wait } = await stage.runtime.store.onboardings.now(reference);
  const until = new Date(wait?.until ?? 0);
  await stage.runtime.clock.jumpTo(new Date(until.getTime() - 1));
  await stage.record('remind', (runtime) => runtime.clock.jumpTo(until));
}

async function aSilentOperator(stage: Stage): Promise<void> {
  const reference = await stage.start();
  await stage.answer(reference);
  await stage.record('confirm the wave', (runtime) => answerWave(runtime, reference, 'confirm', customer));
  await stage.eve(reference, '08:00', 'open the go/no-go');
  await stage.eve(reference, '18:00', 'silence is no-go');
}

async function aCancelledWave(stage: Stage): Promise<void> {
  const reference = await stage.start();
  await stage.answer(reference);
  await stage.record('confirm the wave', (runtime) => answerWave(runtime, reference, 'confirm', customer));
  const { booking } = await stage.runtime.store.onboardings.now(reference);
  if (booking === undefined) throw new Error('No wave to cancel');
  await stage.record('move out of a cancelled wave', (runtime) =>
    changeWave(
      runtime,
      booking.site,
      booking.wave,
      { transition: 'cancel', moveBooked: true, reason: 'bench' },
      operator,
    ),
  );
}

async function aFullCalendar(stage: Stage): Promise<void> {
  const first = await stage.start(0);
  await stage.answer(first);
  const second = await stage.start(1);
  await stage.answer(second, 'join the waiting list', 1);
  // The place is offered in the call that frees it: what the first one writes to leave is recorded with it.
  await stage.record('offer a place', (runtime) => answerWave(runtime, first, 'decline', customer));
}

/** Records every act once. */
export async function measureActs(): Promise<readonly Act[]> {
  const calendar = sampleCalendar(samplePlatform);
  const onePlace = calendar
    .filter(({ kind, site }) => kind === 'MIGRATION' && site === 'paris')
    .slice(0, 1)
    .map((wave) => ({ ...wave, capacity: { customers: 1, points: 200, complex: 1 } }));
  const played = [
    await play(calendar, theOrdinaryWay),
    await play(calendar, aSilentCustomer),
    await play(calendar, aSilentOperator),
    await play(calendar, aCancelledWave),
    await play(onePlace, aFullCalendar),
  ].flat();
  return actNames.map((name) => {
    const found = played.find(({ act }) => act === name);
    if (found === undefined) throw new Error(`Act not recorded: ${name}`);
    return found;
  });
}
