import type { Credentials } from '../config/identity.js';
import { badInput, type Failure } from '../failure.js';
import type { Answer } from '../images/consent.js';
import { redact } from '../text/secret.js';
import type { ToolContext } from '../tools/tool.js';
import { words } from '../words/words.js';
import type { AskedCall } from './ask.js';
import { type Fields, isFields } from './fields.js';
import { InputRequired } from './input-required.js';
import type { Refusal, RequestStates } from './request-state.js';

/** The name of the one question in a result, and of its answer in the call that comes back. */
const QUESTION = 'consent';

const ANSWERS: readonly Answer[] = ['accept', 'decline', 'cancel'];

/**
 * Asks the person without a session: the first call ends with the question as its result, and the client repeats it
 * with the answer. The question is made anew then, so that a person agrees to what is there now, not to what was.
 * @param canAsk whether this very request declares that its client can ask.
 * @throws {Failure} for a state that does not count, before anything is done with it.
 */
export function askByResult(
  states: RequestStates,
  canAsk: boolean,
  params: Fields,
  { tool, input, credentials }: AskedCall,
): ToolContext['ask'] {
  // Made only where there is something to sign: a list of images can be long.
  const call = () => JSON.stringify([tool, input, identityOf(credentials)]);
  const comesBack = params.requestState !== undefined;
  const state = comesBack ? states.open(params.requestState, call()) : undefined;
  if (typeof state === 'string') throw refused(state);
  const answer = state && answerIn(params.inputResponses);

  return async (question, resolved = '') => {
    if (!canAsk && !comesBack) return 'unavailable';
    const text = await question();
    const asked = `${text}\n${resolved}`;
    const sameAsked = state?.asked(asked);
    if (state && answer && (sameAsked || answer !== 'accept')) {
      const refusal = states.use(state);
      if (refusal) throw refused(refusal);
      return answer;
    }
    // Asked once, and now it cannot be asked again: whoever wants an answer does not get one.
    if (!canAsk) return 'no-answer';
    const message = redact(state && !sameAsked ? words().asking.changed(text) : text);
    const params = { mode: 'form', message, requestedSchema: { type: 'object', properties: {} } };
    throw new InputRequired({
      resultType: 'input_required',
      inputRequests: { [QUESTION]: { method: 'elicitation/create', params } },
      requestState: states.issue(call(), asked),
    });
  };
}

/** What the person answered; undefined when there is no answer in it that can be read. */
function answerIn(inputResponses: unknown): Answer | undefined {
  const response = isFields(inputResponses) ? inputResponses[QUESTION] : undefined;
  const action = isFields(response) ? response.action : undefined;
  return ANSWERS.find((answer) => answer === action);
}

/** As whom the call is made. A credential that is fetched anew now and then stays the same one. */
function identityOf(credentials: Credentials): readonly string[] {
  switch (credentials.kind) {
    case 'token':
      return [credentials.kind, credentials.token.reveal()];
    case 'access-key':
      return [credentials.kind, credentials.ak.reveal()];
    case 'iam-user':
      return [credentials.kind, credentials.domain, credentials.user];
    case 'ecs':
      return [credentials.kind];
  }
}

function refused(why: Refusal): Failure {
  const say = words().asking;
  return badInput(say.not_taken(say.why[why]), say.ask_anew);
}
