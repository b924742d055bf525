import type { GateTask } from '../../application/read-tasks.ts';
import type { Text } from '../../domain/text.ts';
import { type TaskState, taskStateLabels } from '../../domain/waves/gate-tasks.ts';
import type { Gate, Wave } from '../../domain/waves/wave.ts';
import { type Tone, tag } from '../shared/layout/components.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

export const sharedAddress: Text = {
  fr: 'Adresse partagée de l’exploitation',
  en: 'Operators’ shared address',
};

const tones: Readonly<Record<TaskState, Tone>> = {
  open: 'plain',
  overdue: 'bad',
  by_customer: 'plain',
  done: 'good',
  not_done: 'warn',
};

export function taskStateTag(view: View, state: TaskState): Html {
  return tag(view, taskStateLabels[state], tones[state]);
}

/** What the state of a task that no one ticks follows from. */
const followed: Readonly<Partial<Record<Gate['code'], Text>>> = {
  GO_NO_GO: {
    fr: 'Décidé client par client : la tâche est faite une fois la vague démarrée. Elle ne se coche pas.',
    en: 'Decided customer by customer: the task is done once the wave has started. It is not ticked.',
  },
  CUTOVER: {
    fr: 'Enregistrée client par client : la tâche est faite une fois toutes les bascules de la vague enregistrées. Elle ne se coche pas.',
    en: 'Recorded customer by customer: the task is done once every cutover of the wave is recorded. It is not ticked.',
  },
  HYPERCARE_END: {
    fr: 'Suivie client par client : la tâche est faite une fois la vague terminée. Elle ne se coche pas.',
    en: 'Followed customer by customer: the task is done once the wave has ended. It is not ticked.',
  },
};

export function followedText({ code }: Pick<Gate, 'code'>): Text | undefined {
  return followed[code];
}

export function ownerText(view: View, { owner }: Pick<GateTask, 'owner'>): string {
  return owner?.name ?? view.t(sharedAddress);
}

export function taskPath({ id }: Pick<Wave, 'id'>, { code }: Pick<Gate, 'code'>): string {
  return `/waves/${id}/tasks/${code}`;
}

/** The link to a task; its hidden words say of which gate it is. */
export function taskLink(view: View, wave: Wave, { gate }: GateTask, label: Text): Html {
  return html`<a href="${view.href(taskPath(wave, gate))}">${view.t(label)}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${view.t(gate.label)}</span></a>`;
}
