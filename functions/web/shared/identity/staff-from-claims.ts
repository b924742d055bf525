import * as z from 'zod/mini';
import type { StaffSession } from '../../../store/sessions.ts';

const names = z.optional(z.array(z.string()));
const claims = z.object({
  sub: z.string(),
  email: z.string(),
  name: z.optional(z.string()),
  'cognito:groups': names,
  roles: names,
  'custom:team': z.optional(z.string()),
  team: z.optional(z.string()),
});

const knownRoles = ['sales', 'operator'] as const;

/**
 * Reads a member of staff from the claims of the identity provider: roles are Cognito's groups, or the claim `roles` of
 * another provider; the team of a sales person is the claim `custom:team` or `team`. Unknown roles count for nothing.
 */
export function staffFromClaims(given: unknown): StaffSession {
  const said = z.parse(claims, given);
  const granted = said['cognito:groups'] ?? said.roles ?? [];
  const team = said['custom:team'] ?? said.team;
  return {
    kind: 'staff',
    subject: said.sub,
    name: said.name ?? said.email,
    mail: said.email.toLowerCase(),
    roles: knownRoles.filter((role) => granted.includes(role)),
    ...(team === undefined ? {} : { team }),
  };
}
