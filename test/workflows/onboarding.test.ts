// One file, so that its last part sees every transition that the parts before it took.
import './scenarios/asked-again.ts';
import './scenarios/assessment.ts';
import './scenarios/before-the-opening.ts';
import './scenarios/blocked-gates.ts';
import './scenarios/conditions.ts';
import './scenarios/failure.ts';
import './scenarios/gates.ts';
import './scenarios/go-in-advance.ts';
import './scenarios/groups.ts';
import './scenarios/hand-over.ts';
import './scenarios/invitation.ts';
import './scenarios/parts.ts';
import './scenarios/placement.ts';
import './scenarios/promises.ts';
import './scenarios/qualification.ts';
import './scenarios/talk.ts';
import './scenarios/waves.ts';
import './scenarios/withdrawal.ts';
// After all others.
import './scenarios/coverage.ts';
