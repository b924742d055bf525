import { describe, expect, it } from 'vitest';
import { effortOf, type Sizing, vectorOf } from '../../../functions/domain/waves/effort.ts';

function sizing(changes: Partial<Sizing> = {}): Sizing {
  return {
    users: 0,
    mailboxesOver50GB: 0,
    servers: 0,
    forests: 1,
    services: ['exchange', 'azure_iaas'],
    conditions: [],
    ...changes,
  };
}

describe('the effort of a migration', () => {
  it.each<[string, Partial<Sizing>, number]>([
    ['nobody and nothing', {}, 0],
    ['one user', { users: 1 }, 1],
    ['100 users', { users: 100 }, 1],
    ['101 users', { users: 101 }, 2],
    ['one mailbox over 50 GB', { mailboxesOver50GB: 1 }, 2],
    ['101 mailboxes over 50 GB', { mailboxesOver50GB: 101 }, 4],
    ['mailboxes without Exchange', { mailboxesOver50GB: 101, services: ['teams'] }, 0],
    ['10 servers', { servers: 10 }, 1],
    ['11 servers', { servers: 11 }, 2],
    ['servers for containers', { servers: 11, services: ['azure_containers'] }, 2],
    ['servers without Azure', { servers: 11, services: ['exchange', 'teams', 'intune'] }, 0],
    ['no forest', { forests: 0 }, 0],
    ['three forests', { forests: 3 }, 10],
    ['one condition that adds work', { conditions: ['HDS_REQUIRED'] }, 5],
    ['three of them', { conditions: ['DR_PATH', 'HDS_REQUIRED', 'DORA_ANNEX'] }, 5],
    ['conditions that add none', { conditions: ['DPIA_MISSING', 'EXIT_PLAN_REQUIRED'] }, 0],
    [
      'all together',
      { users: 1200, mailboxesOver50GB: 50, servers: 180, forests: 2, conditions: ['DR_PATH'] },
      12 + 2 + 18 + 5 + 5,
    ],
  ])('counts %s', (_what, changes, points) => {
    const effort = effortOf(sizing(changes));
    expect(effort.points).toBe(points);
    expect(effort.shares.reduce((sum, share) => sum + share.points, 0)).toBe(points);
  });

  it('names every part of the formula with what it counts', () => {
    const counted = {
      users: 1201,
      mailboxesOver50GB: 50,
      servers: 180,
      forests: 2,
      services: ['exchange'],
      conditions: ['DR_PATH', 'DORA_ANNEX'],
    } as const;
    expect(effortOf(sizing(counted)).shares).toEqual([
      { code: 'USERS', count: 1201, points: 13, estimated: false },
      { code: 'LARGE_MAILBOXES', count: 50, points: 2, estimated: false },
      { code: 'SERVERS', count: 0, points: 0, estimated: false },
      { code: 'FORESTS', count: 2, points: 5, estimated: false },
      { code: 'COMPLIANCE', count: 2, points: 5, estimated: false },
    ]);
  });

  it.each<[string, Partial<Sizing>, boolean]>([
    ['20 points', { users: 2000 }, false],
    ['21 points', { users: 2001 }, true],
    ['few points under DORA', { conditions: ['DORA_ANNEX'] }, true],
    ['few points with a missing DPIA', { conditions: ['DPIA_MISSING'] }, false],
  ])('tells complex from simple: %s', (_what, changes, complex) => {
    expect(effortOf(sizing(changes)).complex).toBe(complex);
  });

  it('asks a wave for one customer, its points, and whether it is complex', () => {
    expect(vectorOf({ points: 21, complex: true })).toEqual({ customers: 1, points: 21, complex: 1 });
    expect(vectorOf({ points: 3, complex: false })).toEqual({ customers: 1, points: 3, complex: 0 });
  });
});
