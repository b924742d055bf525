import './scenarios/assessment.ts';
import './scenarios/before-the-opening.ts';
import './scenarios/failure.ts';
import './scenarios/hand-over.ts';
import './scenarios/invitation.ts';
import './scenarios/placement.ts';
import './scenarios/qualification.ts';
import './scenarios/withdrawal.ts';
