/** Who did something: a customer, a member of staff or a machine by its id, or the system itself. */
export interface Actor {
  readonly kind: 'customer' | 'sales' | 'operator' | 'machine' | 'system';
  readonly id: string;
}

export const actorKinds = [
  'customer',
  'sales',
  'operator',
  'machine',
  'system',
] as const satisfies readonly Actor['kind'][];

export const system: Actor = { kind: 'system', id: 'workflow' };
