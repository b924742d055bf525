import { addDays, calendarDateOf } from '../../calendar-date.ts';
import { system } from '../actor.ts';
import type { Change } from '../change.ts';
import { partReminders } from '../durations.ts';
import type { Person } from '../people.ts';

/** Reminds someone of their part of the form by their own link; `times` counts this one. */
export function remindOfPart(person: Person, times: number, at: Date): Change {
  const today = calendarDateOf(at);
  return {
    event: { type: 'PERSON_REMINDED', actor: system, data: { person: person.id, role: person.role } },
    messages: [{ kind: 'mail', template: 'person_reminder', to: 'person', person: person.id }],
    effects: [
      {
        kind: 'put_person',
        person: {
          ...person,
          remindedOn: today,
          partReminders: { times, on: today },
          lookAgainOn: addDays(today, partReminders.every),
        },
      },
    ],
  };
}
