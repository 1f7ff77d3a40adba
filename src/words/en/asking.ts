/** Around a question to the person. */
export const asking = {
  changed: (question: string) => `This has changed since you were asked.\n${question}`,
  not_taken: (why: string) => `The answer of the person was not taken: ${why}.`,
  ask_anew: 'Call the tool as if for the first time, without requestState: the person is asked anew.',
  why: {
    foreign: 'its requestState was altered, or was not given out by this server for this call',
    expired: 'the question is more than ten minutes old',
    used: 'this answer has been used already; each one counts once',
  },
};
