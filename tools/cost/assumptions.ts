/** What is neither counted by the bench nor read from the template. Each figure is a guess on the dear side. */
export const assumptions = {
  /** Milliseconds that a warm call is billed for. */
  duration: { task: 150, sender: 250, page: 60, scheduled: 400 },
  /** Share of calls that find no warm function, and milliseconds that its start is billed for. */
  coldStart: { share: 0.2, milliseconds: 700 },
  /** Requests of staff for one onboarding: lists, the file, the decisions. Each costs what a customer's does. */
  staffRequests: 16,
  /** Bytes of a line of the access log, with what CloudWatch adds. */
  accessLogBytes: 300,
  /** Bytes of an event in the archive. */
  eventBytes: 1_000,
  /** Months from the start of an onboarding to its closing. */
  openMonths: 6,
  /** Onboardings of a small stage in a month, and the hours in which something happens to any of them. */
  onboardingsPerMonth: 1_000,
  busyHoursPerMonth: 220,
  /** People who sign in to a small stage in a month. */
  staff: 10,
  /** Tokens that one program asks for in a month: one an hour in office hours. */
  tokensPerProgram: 220,
  /** How many times the mean of working hours the busiest of them see. */
  peakOverMean: 3,
  /** Days between two cutovers of a site. */
  cutoverEvery: 28,
  /** Milliseconds of one change of an onboarding by a job: read, decided, written in one transaction. */
  changeMilliseconds: 75,
  /** Milliseconds for which a booking keeps the item of its wave: bookings of one wave come one after the other. */
  bookingMilliseconds: 25,
  /** Milliseconds of one erasure, and of one page of a list from Step Functions. */
  erasureMilliseconds: 450,
  listMilliseconds: 150,
  /** Share of customers who act in the busiest hour of the week, and their requests in it. */
  busiestHour: { share: 0.05, requests: 12 },
  /** Callers that may offer places at the same time: the sender, the gate job, an operator's change of a wave. */
  offersAtOnce: 3,
  /** Share of each path. */
  mix: {
    'ready, handed over': 0.55,
    'reviewed, handed over': 0.1,
    'prepared, assessed again, handed over': 0.1,
    'another date, handed over': 0.05,
    'refusal confirmed': 0.03,
    'invitation declined': 0.05,
    'withdrawn with a wave held': 0.05,
    'never answered': 0.07,
  } satisfies Readonly<Record<string, number>>,
} as const;

export const hoursPerMonth = 730;
export const daysPerMonth = 30.4;
export const gigabyte = 1e9;

/** The sizes at which scale is looked at. */
export const openOnboardings = [10_000, 100_000, 1_000_000] as const;
