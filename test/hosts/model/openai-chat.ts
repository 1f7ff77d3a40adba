import { CALL_ID, events, json, list, type ModelApi, textOf } from './api.js';

/** Chat completions of OpenAI, which many providers speak, as opencode uses it. */
export const OPENAI_CHAT: ModelApi = {
  speaks: (path) => path.endsWith('/chat/completions'),

  read: (body) => ({
    tools: list(body.tools).map((tool) => ({ name: String((tool.function as { name?: unknown }).name) })),
    results: list(body.messages)
      .filter(({ role, tool_call_id }) => role === 'tool' && String(tool_call_id).startsWith(CALL_ID))
      .map(({ content }) => ({ text: textOf(content) })),
  }),

  reply(saying, { model, stream }) {
    const about = { id: 'chat_1', created: 0, model };
    const finish_reason = saying.kind === 'call' ? 'tool_calls' : 'stop';
    const message =
      saying.kind === 'call'
        ? {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                index: 0,
                id: saying.id,
                type: 'function',
                function: { name: saying.tool.name, arguments: JSON.stringify(saying.args) },
              },
            ],
          }
        : { role: 'assistant', content: saying.text };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    if (stream !== true) {
      return json({ ...about, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }], usage });
    }
    const chunk = { ...about, object: 'chat.completion.chunk' };
    const { type, body } = events(
      [
        { ...chunk, choices: [{ index: 0, delta: message, finish_reason: null }] },
        { ...chunk, choices: [{ index: 0, delta: {}, finish_reason }], usage },
      ],
      false,
    );
    return { type, body: `${body}data: [DONE]\n\n` };
  },
};
