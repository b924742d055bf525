import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionName, parseExecutionName } from '../../../functions/domain/onboarding/execution-name.ts';
import { messageId, parseMessageId } from '../../../functions/domain/onboarding/message-id.ts';
import { formatReference, referenceByteCount } from '../../../functions/domain/onboarding/reference.ts';

const bytes = fc.uint8Array({ minLength: referenceByteCount, maxLength: referenceByteCount, max: 252 });
const references = bytes.map(formatReference);
const [reference] = fc.sample(references, { seed: 1, numRuns: 1 });

describe('The name of an execution', () => {
  it('is parsed into the reference and the run that it was formatted from', () => {
    fc.assert(
      fc.property(references, fc.integer({ min: 1 }), (of, run) => {
        expect(parseExecutionName(executionName(of, run))).toEqual({ reference: of, run });
      }),
      { seed: 1 },
    );
  });

  it.each(['', 'manual', '-1', `${reference}-`, `${reference}-0`, `${reference}-01`, `${reference}-1 `])(
    'is not "%s"',
    (name) => {
      expect(parseExecutionName(name)).toBeUndefined();
    },
  );
});

describe('The id of a message', () => {
  it('is parsed into the reference, version and place that it was formatted from', () => {
    fc.assert(
      fc.property(references, fc.nat(), fc.nat(), (of, version, place) => {
        const message = { reference: of, version, place };
        expect(parseMessageId(messageId(message))).toEqual(message);
      }),
      { seed: 1 },
    );
  });

  it.each(['', 'newsletter-1-2', `${reference}-1`, `${reference}-1-`, `${reference}-1-2-x`])(
    'is not "%s"',
    (id) => {
      expect(parseMessageId(id)).toBeUndefined();
    },
  );
});
