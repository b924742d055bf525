import './scenarios/assessment.ts';
import './scenarios/hand-over.ts';
import './scenarios/invitation.ts';
import './scenarios/qualification.ts';
