/** Errors of the protocol that reach a model or a person. */
export const protocol = {
  unknown_tool: (name: string) => `Unknown tool: ${name}`,
  unknown_prompt: (name: string) => `Unknown prompt: ${name}`,
  /** Stands where a name would. */
  no_text: 'its name is no text',
  not_offered: (tool: string) => `${tool} is not offered: HSS_READ_ONLY is true, or cannot be read`,
  failed: (tool: string) => `${tool} failed unexpectedly`,
  failed_see_log: (tool: string) => `${tool} failed unexpectedly; the log on stderr says more`,
  one_page: 'Unknown cursor: there is one page',
  no_batches: 'This revision of the protocol has no batches',
  params_no_object: 'params must be an object',
  params_wrong: (method: string) => `The params of ${method} are not right`,
  params_too_deep: 'params are nested too deep',
  no_request: 'Not a JSON-RPC 2.0 request',
  meta_lacks_text: (revision: string, name: string) => `_meta of a request of ${revision} must hold ${name}, a text`,
  meta_lacks_object: (revision: string, name: string) =>
    `_meta of a request of ${revision} must hold ${name}, an object`,
  line_dropped: 'a line beyond 10 MiB was dropped',
};
