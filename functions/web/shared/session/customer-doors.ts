import { lifeOf } from '../../../domain/classification/conditions.ts';
import { isConditionCode } from '../../../domain/classification/outcomes.ts';
import { questionsOf } from '../../../domain/onboarding/own-questions.ts';
import { type Acting, may, offices, speaksForAll } from '../../../domain/onboarding/people.ts';
import { findQuestion } from '../../../domain/questionnaire/questionnaire.ts';
import type { FormFields } from '../http/form-fields.ts';

/** A request at a door of the customer's side. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  /** What is sent with it. */
  readonly form: FormFields | undefined;
}

/** A door that others than the contact and its deputies may pass; what is behind it shows them their own only. */
interface Door {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly opensTo: (acting: Acting, parts: readonly string[], form: FormFields | undefined) => boolean;
}

const seesState = (acting: Acting) => may(acting, { kind: 'see_state' });

/** Every question that the fields of a form name is one that the person answers. */
function answersAll(acting: Acting, form: FormFields | undefined): boolean {
  const asked = (form?.names() ?? []).flatMap((name) => findQuestion(name.split(/[.[]/)[0] ?? '') ?? []);
  return asked.every((question) => may(acting, { kind: 'answer', question }));
}

const doors: readonly Door[] = [
  // What is held on themselves.
  { methods: ['GET', 'HEAD'], path: /^\/status\/me(?:\.json)?$/, opensTo: seesState },
  { methods: ['GET', 'HEAD', 'POST'], path: /^\/status\/me\/(?:details|erasure)$/, opensTo: seesState },
  // Whoever has a link shows who they are with it.
  {
    methods: ['GET', 'HEAD', 'POST'],
    path: /^\/identity(?:\/code|\/proconnect(?:\/callback|\/organisation|\/failure\/\w+)?)?$/,
    opensTo: () => true,
  },
  {
    methods: ['GET', 'HEAD'],
    path: /^\/status(?:\/parts\/\d{1,2})?(?:\/invitation\.ics)?$/,
    opensTo: seesState,
  },
  { methods: ['GET', 'HEAD'], path: /^\/questionnaire(?:\/(?:before|check))?$/, opensTo: seesState },
  {
    // Leads to the person's own questions.
    methods: ['GET', 'HEAD'],
    path: /^\/questionnaire\/([A-E])$/,
    opensTo: (acting, [section]) => questionsOf(acting).some((question) => question.section === section),
  },
  {
    methods: ['GET', 'HEAD', 'POST'],
    path: /^\/questionnaire\/([A-E]\d{1,2}[a-z]?)$/,
    opensTo: (acting, [id = ''], form) => {
      const question = findQuestion(id);
      return question !== undefined && may(acting, { kind: 'answer', question }) && answersAll(acting, form);
    },
  },
  {
    methods: ['GET', 'HEAD', 'POST'],
    path: /^\/status\/conditions\/([A-Z_]+)$/,
    opensTo: (acting, [code = '']) => {
      if (!isConditionCode(code)) return false;
      const { owner } = lifeOf(code);
      // Clarifications belong to the owners of their questions: which ones, the result says behind the door.
      const owners = owner === undefined ? offices : [owner];
      return may(acting, { kind: 'declare', owners });
    },
  },
];

/**
 * Whether a page or a form of the customer's side is open to someone. The contact and its deputies pass every door;
 * whoever was named for a part passes those listed here and no other, whatever is added later.
 */
export function opensTo(acting: Acting, { method, path, form }: Knock): boolean {
  if (speaksForAll(acting)) return true;
  return doors.some((door) => {
    const found = door.methods.includes(method) ? door.path.exec(path) : null;
    return found !== null && door.opensTo(acting, found.slice(1), form);
  });
}
