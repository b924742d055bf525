import type { CalendarDate, DateRange } from '../calendar-date.ts';
import type { Figure } from '../input/figure.ts';
import type { DimensionCode } from './dimensions.ts';
import type { ContactRole, MailboxSize, OptionCode } from './option-codes.ts';

export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** An answer about one dimension of readiness: 0 (nothing) to 4 (done and tested), not applicable, or unknown. */
export type DimensionAnswer = 0 | 1 | 2 | 3 | 4 | 'na' | 'unknown';

/**
 * A customer's answers so far, in version 2 of the questionnaire; plain JSON, keys are question ids. Answers given in
 * version 1 are valid in it as they are.
 */
export type Answers = {
  readonly A3?: OptionCode<'A3'>;
  readonly A3b?: OptionCode<'A3b'>;
  readonly A4?: OptionCode<'A4'>;
  readonly A5?: OptionCode<'A5'>;
  readonly A6?: OptionCode<'A6'>;
  readonly A6b?: OptionCode<'A6b'>;
  readonly A7?: OptionCode<'A7'>;
  readonly B1?: OptionCode<'B1'>;
  readonly B2?: OptionCode<'B2'>;
  readonly B3?: OptionCode<'B3'>;
  readonly B4?: readonly OptionCode<'B4'>[];
  readonly B5?: OptionCode<'B5'>;
  readonly B6?: readonly OptionCode<'B6'>[];
  readonly B7?: { readonly answer: OptionCode<'B7'>; readonly date?: CalendarDate };
  readonly B8?: { readonly answer: OptionCode<'B8'>; readonly expiry?: CalendarDate | 'unknown' };
  readonly B9?: readonly OptionCode<'B9'>[];
  readonly B9b?: OptionCode<'B9b'>;
  readonly B10?: OptionCode<'B10'>;
  readonly B11?: OptionCode<'B11'>;
  readonly B12?: readonly OptionCode<'B12'>[];
  readonly C1?: readonly OptionCode<'C1'>[];
  readonly C2?: { readonly usersInScope: Figure; readonly totalStaff: Figure };
  readonly C3?: Readonly<Record<MailboxSize, Figure>>;
  readonly C4?: { readonly tenants: Figure; readonly domains: Figure; readonly adForests: Figure };
  readonly C5?: { readonly apps: OptionCode<'band'>; readonly guests: OptionCode<'band'> };
  readonly C6?: {
    readonly servers: Figure;
    readonly applications: Figure;
    readonly dependencies: OptionCode<'dependencies'>;
  };
  readonly C7?: OptionCode<'C7'>;
  /** `site` is a site code of the platform, or `any`. */
  readonly C8?: { readonly site: string; readonly twoSites: OptionCode<'twoSites'> };
  readonly E1?: {
    readonly earliest: CalendarDate;
    readonly latest?: CalendarDate;
    readonly reason: OptionCode<'reason'>;
  };
  readonly E2?: readonly DateRange[];
  readonly E3?: number;
  readonly E4?: {
    readonly integrator: OptionCode<'integrator'>;
    readonly purchasing: OptionCode<'purchasing'>;
  };
  readonly E5?: Readonly<Record<'sponsor' | 'projectManager', Contact>> &
    Readonly<Partial<Record<Exclude<ContactRole, 'sponsor' | 'projectManager'>, Contact>>>;
  readonly E6?: true;
} & { readonly [Code in DimensionCode]?: DimensionAnswer };

export type QuestionId = keyof Answers;

/** B1 = yes ends the form: the rest may be absent, because no further answer changes the outcome. */
export function endsForm(answers: Answers): boolean {
  return answers.B1 === 'yes';
}
