import * as z from 'zod/mini';
import type { StaffSession } from '../../../store/sessions.ts';

const names = z.optional(z.array(z.string()));

/** Roles are Cognito's groups, or the claim `roles` of another provider. */
export const roleClaims = { 'cognito:groups': names, roles: names };

const claims = z.object({
  sub: z.string(),
  email: z.string(),
  name: z.optional(z.string()),
  ...roleClaims,
  'custom:team': z.optional(z.string()),
  team: z.optional(z.string()),
});

const knownRoles = ['sales', 'operator'] as const;
export type StaffRole = (typeof knownRoles)[number];

type RoleClaims = Readonly<Partial<Record<keyof typeof roleClaims, readonly string[] | undefined>>>;

/** The roles in the claims of a person; unknown ones count for nothing. */
export function rolesFromClaims(said: RoleClaims): readonly StaffRole[] {
  const granted = said['cognito:groups'] ?? said.roles ?? [];
  return knownRoles.filter((role) => granted.includes(role));
}

/**
 * Reads a member of staff from the claims of the identity provider; the team of a sales person is the claim `custom:team`
 * or `team`.
 */
export function staffFromClaims(given: unknown): StaffSession {
  const said = z.parse(claims, given);
  const team = said['custom:team'] ?? said.team;
  return {
    kind: 'staff',
    subject: said.sub,
    name: said.name ?? said.email,
    mail: said.email.toLowerCase(),
    roles: [...rolesFromClaims(said)],
    ...(team === undefined ? {} : { team }),
  };
}
