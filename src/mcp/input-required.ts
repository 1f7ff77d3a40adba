/** Ends a call that can go on only once the person has answered; what it carries is the result of the call. */
export class InputRequired extends Error {
  override readonly name = 'InputRequired';

  constructor(readonly result: InputRequiredResult) {
    super('the person has to be asked first');
  }
}

/** What revision 2026-07-28 calls by this name, with one question. */
export interface InputRequiredResult {
  readonly resultType: 'input_required';
  readonly inputRequests: Readonly<Record<string, { readonly method: string; readonly params: object }>>;
  readonly requestState: string;
}
