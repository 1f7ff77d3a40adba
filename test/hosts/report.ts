import { instructions } from '../../src/mcp/instructions.js';
import { TOOL_LIST } from '../../src/mcp/tool-list.js';
import type { ScriptedModel } from './model/scripted-model.js';
import { SCRIPT } from './script.js';
import type { Watch } from './watch.js';

export type Part = 'structure' | 'text' | 'both';

/** Which part of a result a model was handed: the structure is JSON with the fields of the tool, the text is not. */
export function partOf(text: string): Part {
  const hasStructure = /"(data_notice|accepted)"\s*:/.test(text) || /\\"(data_notice|accepted)\\"/.test(text);
  const hasText = /From the embedded HSS \(--sandbox\)/.test(text);
  if (hasStructure && hasText) return 'both';
  return hasStructure ? 'structure' : 'text';
}

const INSTRUCTIONS = instructions(TOOL_LIST.map(({ name }) => name)).split('\n');

/** How many lines of the server's instructions a model was given. */
function linesGiven(model: ScriptedModel): string {
  return `${INSTRUCTIONS.filter((line) => model.wasGiven(line)).length} of ${INSTRUCTIONS.length} lines`;
}

/** Prints what a host really did, for docs/hosts.md: nothing of it is judged here. */
export function report(host: string, watch: Watch, model: ScriptedModel): void {
  const { first, version, elicitation } = watch.opening;
  const names = model.offered.map(({ namespace, name }) => (namespace ? `${namespace} ${name}` : name));
  const lines = [
    `${host}: opens with ${first} (${version}), elicitation: ${elicitation}`,
    `  gives the model ${names.length} tools: ${names.join(', ')}`,
    `  gives the model ${linesGiven(model)} of the instructions`,
    ...model.shown.map(({ text, isError }, index) => {
      const mark = isError === undefined ? '' : isError ? ', marked as an error' : ', not marked as an error';
      return `  ${SCRIPT[index]?.tool}: ${partOf(text)}, ${text.length} characters${mark}`;
    }),
    `  passes on to the server: ${watch.passedOn.join(', ') || 'neither HTTPS_PROXY nor NODE_EXTRA_CA_CERTS'}`,
    `  questions: ${watch.questions.length}, answers: ${JSON.stringify(watch.answers)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
