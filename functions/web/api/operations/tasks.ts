import { changeTask } from '../../../application/change-task.ts';
import { type GateTask, readTask } from '../../../application/read-tasks.ts';
import { bodyOf, defineOperation, noQuery } from '../operation.ts';
import { taskChangeSchema, taskSchema } from '../schemas/task-schemas.ts';

export const taskExample = {
  code: 'FIRST_MEETING',
  due: '2027-02-09',
  state: 'done',
  owner: { name: 'Farida Benali', mail: 'farida@platform.example' },
  doneAt: '2027-02-09T10:30:00.000Z',
  note: 'Minutes sent to all customers of the wave',
  version: 2,
} as const;

export function taskView({ gate, state, owner, note, done, version }: GateTask) {
  return {
    code: gate.code,
    due: gate.date,
    state,
    owner: owner === undefined ? null : { name: owner.name, mail: owner.mail },
    doneAt: done?.at ?? null,
    note: note ?? null,
    version,
  };
}

export const changeTaskOperation = defineOperation({
  id: 'changeTask',
  method: 'PATCH',
  path: '/waves/{id}/tasks/{gate}',
  summary:
    'Change the owner of a gate’s task, tick it as done, or open it again. The same again changes nothing.',
  scope: 'onboarding/operations',
  problems: ['wave_change_refused', 'task_changed'],
  query: noQuery,
  body: bodyOf(taskChangeSchema, { owner: 'farida@platform.example', done: true, version: 1 }),
  success: {
    status: 200,
    description: 'The task.',
    schema: taskSchema,
    example: taskExample,
  },
  handle: async ({ dependencies, parameter, body, who }) => {
    const [id, gate] = [parameter('id'), parameter('gate')];
    await changeTask(dependencies, id, gate, body, who);
    return taskView((await readTask(dependencies, id, gate)).task);
  },
});
