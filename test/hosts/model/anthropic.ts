import { CALL_ID, events, json, list, type ModelApi, textOf } from './api.js';

/** The messages API of Anthropic, as Claude Code uses it. */
export const ANTHROPIC: ModelApi = {
  speaks: (path) => path.startsWith('/v1/messages'),

  read: (body) => ({
    tools: list(body.tools).map(({ name }) => ({ name: String(name) })),
    results: list(body.messages)
      .flatMap(({ content }) => list(content))
      .filter(({ type, tool_use_id }) => type === 'tool_result' && String(tool_use_id).startsWith(CALL_ID))
      .map(({ content, is_error }) => ({ text: textOf(content), isError: is_error === true })),
  }),

  reply(saying, { model, stream }, path) {
    if (path.includes('count_tokens')) return json({ input_tokens: 1 });
    const block =
      saying.kind === 'call'
        ? { type: 'tool_use', id: saying.id, name: saying.tool.name, input: {} }
        : { type: 'text', text: '' };
    const delta =
      saying.kind === 'call'
        ? { type: 'input_json_delta', partial_json: JSON.stringify(saying.args) }
        : { type: 'text_delta', text: saying.text };
    const stop_reason = saying.kind === 'call' ? 'tool_use' : 'end_turn';
    const usage = { input_tokens: 1, output_tokens: 1 };
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null, usage };
    if (stream !== true) {
      const content = saying.kind === 'call' ? { ...block, input: saying.args } : { ...block, text: saying.text };
      return json({ ...message, content: [content], stop_reason });
    }
    return events([
      { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage },
      { type: 'message_stop' },
    ]);
  },
};
