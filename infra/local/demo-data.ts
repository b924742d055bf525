import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { completeSection } from '../../functions/application/complete-section.ts';
import { type ProspectFile, readProspectFile } from '../../functions/application/prospect-file.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { addDays, calendarDateOf, instantAt } from '../../functions/domain/calendar-date.ts';
import type { Intake } from '../../functions/domain/intake/intake.ts';
import type { Actor } from '../../functions/domain/onboarding/actor.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import { questionsIn } from '../../functions/domain/questionnaire/questionnaire.ts';
import { noCapacity } from '../../functions/domain/waves/capacity.ts';
import { type Wave, waveId } from '../../functions/domain/waves/wave.ts';
import type { DataFolder } from './data-folder.ts';
import { readKept, replaceFile } from './kept-file.ts';
import { answersOf, type Behaviours, readBehaviours } from './onboard/behaviours.ts';
import { createPlayer, type Player } from './onboard/player.ts';
import type { Runtime, RuntimeHooks } from './runtime.ts';

/** Days of history before the demonstration: time to be qualified, placed and cut over. */
export const storyDays = 56;

const examples = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));
const starter: Actor = { kind: 'machine', id: 'demo-crm' };
const operator: Actor = { kind: 'operator', id: 'farida' };
const sales = { owner: 'sales.state@platform.example', team: 'state' };

/** An onboarding of the demonstration: its start in days before the demonstration, and its special features. */
interface Beginning {
  readonly siren: string;
  readonly daysBefore: number;
  /** Asks for the early waves. */
  readonly early?: boolean;
  /** Its cutover is recorded at the end of the history. */
  readonly cutOver?: boolean;
  /** Its run fails, so that there is one to resume. */
  readonly breaks?: boolean;
  /** Its contact has saved a first page. */
  readonly firstPage?: boolean;
}

/** At least one onboarding for each stage that the demonstration shows at its start. */
const beginnings: readonly Beginning[] = [
  { siren: '999000102', daysBefore: 56, early: true, cutOver: true },
  { siren: '999001993', daysBefore: 50, early: true },
  { siren: '999000912', daysBefore: 50, early: true },
  { siren: '999003072', daysBefore: 28 },
  // The head of a group that stays at its first page, and a member waiting for its date.
  { siren: '999004153', daysBefore: 26, firstPage: true },
  { siren: '999004427', daysBefore: 26 },
  { siren: '999008741', daysBefore: 24 },
  { siren: '999002801', daysBefore: 18 },
  { siren: '999000375', daysBefore: 13 },
  { siren: '999008204', daysBefore: 16 },
  { siren: '999003619', daysBefore: 7, breaks: true },
  { siren: '999001720', daysBefore: 6 },
  { siren: '999004963', daysBefore: 4, firstPage: true },
  { siren: '999004690', daysBefore: 3 },
  { siren: '999006851', daysBefore: 1 },
];

/** Small early waves in addition to the sample calendar: two finished ones, and one whose go/no-go is due. */
export function earlyWaves(from: Date): readonly Wave[] {
  const today = calendarDateOf(from);
  const wave = (site: string, cutover: string): Wave => ({
    id: waveId({ kind: 'MIGRATION', site, cutover }),
    site,
    kind: 'MIGRATION',
    state: 'OPEN',
    cutover,
    capacity: { customers: 1, points: 400, complex: 1 },
    booked: noCapacity,
  });
  return [-13, -6, 1].map((days) => wave('paris', addDays(today, days)));
}

/** Fills an empty data folder with onboardings of all stages, through the same use cases as users and API clients. */
export interface DemoData {
  /** Start of the clock, so that the history ends when the demonstration begins. */
  readonly startsAt: Date;
  readonly hooks: RuntimeHooks;
  /** Creates the history up to the start of the demonstration, unless the folder has it already. */
  play(runtime: Runtime): Promise<void>;
}

/** Records the progress of the demonstration's history in the folder: being created, or complete. */
const marker = 'demonstration.json';
const markerContent = z.union([z.object({ playing: z.string() }), z.object({ begun: z.string() })]);

function writeMarker(folder: DataFolder, content: z.input<typeof markerContent>): void {
  replaceFile(folder.file(marker), `${JSON.stringify(content)}\n`);
}

/** True if a process ended while creating the history: no one has used the system yet, and the next start may use other dates. */
export function isHalfTold(folder: DataFolder): boolean {
  const content = readKept(folder.file(marker), 'it does not say when the demonstration begins', (bytes) =>
    markerContent.parse(JSON.parse(bytes.toString('utf8'))),
  );
  return content !== undefined && 'playing' in content;
}

export function prepareDemoData(folder: DataFolder, from: Date): DemoData {
  // Data without a history marker comes from `npm run onboard` and is shown unchanged.
  const done = existsSync(folder.file(marker)) || existsSync(folder.file('dynamodb.log'));
  const prospects = done ? [] : readProspectFile(readFileSync(examples('prospects.csv'))).rows;
  // Written before the history, so that an incomplete one can be distinguished from the user's own data.
  if (!done) writeMarker(folder, { playing: from.toISOString() });
  const history: History = {
    ...{ from, prospects, player: createPlayer() },
    ...{ broken: new Set<string>(), cutOver: new Set<string>() },
  };
  let playing = !done;
  return {
    startsAt: done ? from : instantAt(addDays(calendarDateOf(from), -storyDays), '09:00'),
    hooks: {
      onWrite: (written) => {
        if (playing) history.player.noticed(written);
      },
      beforeTask: (_task, payload) => {
        if (playing && history.broken.has(referenceIn(payload))) throw new DemoFaultError();
      },
    },
    play: async (runtime) => {
      if (done) return;
      await beginAll(runtime, history);
      await walkTo(runtime, history.player, from);
      await cutOverAll(runtime, history.cutOver);
      await runtime.clock.settled();
      playing = false;
      writeMarker(folder, { begun: from.toISOString() });
    },
  };
}

/** The history while it is created. */
interface History {
  /** Start of the demonstration. */
  readonly from: Date;
  /** The example prospects. */
  readonly prospects: ProspectFile['rows'];
  readonly player: Player;
  /** References of the onboardings whose run fails. */
  readonly broken: Set<string>;
  /** References of the onboardings whose cutover is recorded at the end. */
  readonly cutOver: Set<string>;
}

/** Starts all onboardings of the demonstration, each on its day. */
async function beginAll(runtime: Runtime, history: History): Promise<void> {
  const behaviours = readBehaviours(examples('answers'));
  const intakes = new Map(history.prospects.map(({ intake }) => [intake.siren, intake]));
  for (const beginning of beginnings) {
    const intake = intakes.get(beginning.siren);
    if (intake !== undefined) await begin(runtime, history, beginning, intake, behaviours);
  }
}

async function begin(
  runtime: Runtime,
  { from, player, broken, cutOver }: History,
  beginning: Beginning,
  known: Intake,
  behaviours: Behaviours,
): Promise<void> {
  await walkTo(runtime, player, instantAt(addDays(calendarDateOf(from), -beginning.daysBefore), '09:30'));
  const { latestDate: _, ...open } = known;
  const early = { ...open, earliestDate: addDays(calendarDateOf(from), -storyDays) };
  const intake: OwnedIntake = { ...sales, ...(beginning.early === true ? early : known) };
  const { behaviour } = behaviours.of(intake.siren);
  const request = { scope: 'demo', key: intake.siren, body: JSON.stringify(intake) };
  const reference = await startOnboarding(runtime, request, intake, starter);
  if (beginning.breaks === true) broken.add(reference);
  if (beginning.cutOver === true) cutOver.add(reference);
  if (beginning.firstPage !== true) {
    player.watch(reference, { intake, behaviour });
    return;
  }
  await runtime.clock.settled();
  const given = answersOf(behaviour, intake, 0);
  const contact: Actor = { kind: 'customer', id: reference };
  const asked = questionsIn('A');
  const answers = Object.fromEntries(asked.map((id) => [id, given[id]]));
  await savePage(runtime, reference, { questions: asked, given: answers }, contact);
  await completeSection(runtime, reference, 'A', true, contact.id);
}

/** Jumps from deadline to deadline up to `until`; the player acts in between. */
async function walkTo(runtime: Runtime, player: Player, until: Date): Promise<void> {
  const { clock } = runtime;
  for (;;) {
    await clock.settled();
    await player.plan(runtime);
    const next = clock.nextDeadline();
    if (next === undefined || next > until) break;
    await clock.jumpToNext();
  }
  if (clock.now() < until) await clock.jumpTo(until);
}

/** Records the cutover of those that were handed over. */
async function cutOverAll(runtime: Runtime, references: Iterable<string>): Promise<void> {
  const hypercareEnd = addDays(calendarDateOf(runtime.clock.now()), 7);
  for (const reference of references) {
    const { state } = await runtime.store.onboardings.now(reference);
    if (state.stage === 'HANDED_OVER')
      await recordCutover(runtime, reference, { result: 'done', hypercareEnd }, operator);
  }
}

/** Makes one run fail, as an outage would. */
class DemoFaultError extends Error {
  override readonly name = 'DemoFaultError';

  constructor() {
    super('The story of the demonstration wants this run to break down');
  }
}

const withReference = z.looseObject({ reference: z.string() });

function referenceIn(payload: unknown): string {
  return withReference.safeParse(payload).data?.reference ?? '';
}
