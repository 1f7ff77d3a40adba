import { events, type Fields, json, list, type ModelApi, type ShownResult } from './api.js';

/** The generateContent API of Gemini, as Gemini CLI uses it. Its calls need no ids: results are told by their names. */
export const GEMINI: ModelApi = {
  speaks: (path) => /:(stream)?generateContent|:countTokens/i.test(path),

  read: (body) => ({
    tools: list(body.tools)
      .flatMap(({ functionDeclarations }) => list(functionDeclarations))
      .map(({ name }) => ({ name: String(name) })),
    results: list(body.contents)
      .flatMap(({ parts }) => list(parts))
      .flatMap(({ functionResponse }) => (functionResponse ? [shown(functionResponse as Fields)] : [])),
  }),

  reply(saying, _, path) {
    if (path.includes(':countTokens')) return json({ totalTokens: 1 });
    const part =
      saying.kind === 'call'
        ? { functionCall: { id: saying.id, name: saying.tool.name, args: saying.args } }
        : { text: saying.text };
    const answer = {
      candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    return path.includes(':stream') ? events([answer], false) : json(answer);
  },
};

function shown({ response }: Fields): ShownResult {
  const { output, error, ...rest } = (response ?? {}) as Fields;
  const said = error ?? output ?? rest;
  return { text: typeof said === 'string' ? said : JSON.stringify(said), isError: error !== undefined };
}
