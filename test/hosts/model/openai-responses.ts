import { CALL_ID, events, type Fields, list, type ModelApi, type OfferedTool, textOf } from './api.js';

/** The responses API of OpenAI, as Codex uses it: tools of a server stand in a namespace. */
export const OPENAI_RESPONSES: ModelApi = {
  speaks: (path) => path.endsWith('/responses'),

  read: (body) => ({
    tools: list(body.tools).flatMap(offered),
    results: list(body.input)
      .filter(({ type, call_id }) => type === 'function_call_output' && String(call_id).startsWith(CALL_ID))
      .map(({ output }) => ({ text: textOf(output) })),
  }),

  reply(saying) {
    const item =
      saying.kind === 'call'
        ? {
            type: 'function_call',
            id: `fc_${saying.id}`,
            call_id: saying.id,
            name: saying.tool.name,
            ...(saying.tool.namespace && { namespace: saying.tool.namespace }),
            arguments: JSON.stringify(saying.args),
            status: 'completed',
          }
        : {
            type: 'message',
            id: 'msg_1',
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: saying.text, annotations: [] }],
          };
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
    const response = { id: 'resp_1', object: 'response', status: 'in_progress', output: [] };
    return events([
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage } },
    ]);
  },
};

function offered({ type, name, tools }: Fields): OfferedTool[] {
  if (type !== 'namespace') return [{ name: String(name) }];
  return list(tools).map((tool) => ({ name: String(tool.name), namespace: String(name) }));
}
