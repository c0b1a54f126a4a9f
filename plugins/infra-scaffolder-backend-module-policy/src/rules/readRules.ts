import {
  getValidRequestEnvsPolicy,
  policySetTextToParts,
  policyToJson,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import {
  lineAt,
  PolicyFileError,
  problemOf,
  type PolicyProblem,
} from './PolicyFileError';
import { placeholdersOf } from './placeholders';
import type { PlanSchema } from './readSchema';
import type { PolicyFile, Rule } from './types';

const EFFECTS = ['deny', 'warn'] as const;

class RuleReader {
  readonly problems: PolicyProblem[] = [];
  readonly rules: Rule[] = [];
  readonly #schema: PlanSchema;
  readonly #places = new Map<string, string>();

  constructor(schema: PlanSchema) {
    this.#schema = schema;
  }

  read(file: PolicyFile): void {
    const parts = policySetTextToParts(file.text);
    if (parts.type === 'failure') {
      this.problems.push(...parts.errors.map(each => problemOf(file, each)));
      return;
    }
    const checked = validate({
      schema: this.#schema.json,
      policies: { staticPolicies: file.text },
    });
    const wrong =
      checked.type === 'failure'
        ? checked.errors
        : [...checked.validationErrors, ...checked.validationWarnings].map(
            ({ error }) => error,
          );
    if (wrong.length > 0) {
      this.problems.push(...wrong.map(each => problemOf(file, each)));
      return;
    }
    for (const text of parts.policies) {
      this.#take(file, text);
    }
    for (const text of parts.policy_templates) {
      this.problems.push({
        file: file.name,
        line: this.#lineOf(file, text),
        message: 'templates have nothing that fills them in; write a policy',
      });
    }
  }

  #take(file: PolicyFile, text: string): void {
    const line = this.#lineOf(file, text);
    const refuse = (message: string) =>
      this.problems.push({ file: file.name, line, message });
    const parsed = policyToJson(text);
    if (parsed.type === 'failure') {
      this.problems.push(...parsed.errors.map(each => problemOf(file, each)));
      return;
    }
    const { effect, annotations = {} } = parsed.json;
    if (effect !== 'forbid') {
      refuse('a plan is allowed unless something forbids it; write forbid');
      return;
    }
    const missing = [
      'id',
      'title',
      'effect',
      'message',
      'mend',
      'unknown',
    ].filter(name => !annotations[name]);
    if (missing.length > 0) {
      refuse(`add ${missing.map(name => `@${name}("…")`).join(', ')}`);
      return;
    }
    const { id, title, message, mend, unknown } = annotations;
    const known = EFFECTS.find(each => each === annotations.effect);
    if (!known) {
      refuse(`@effect is "${annotations.effect}"; write "deny" or "warn"`);
      return;
    }
    if (!/^(passes|counts): ./.test(unknown)) {
      refuse('@unknown begins with "passes: " or "counts: ", then says why');
      return;
    }
    const other = this.#places.get(id);
    if (other) {
      refuse(`@id("${id}") is at ${other} already`);
      return;
    }
    this.#places.set(id, `${file.name}:${line}`);
    const envs = getValidRequestEnvsPolicy(text, this.#schema.json);
    const types = envs.type === 'success' ? [...new Set(envs.resources)] : [];
    for (const name of placeholdersOf(message)) {
      if (!types.every(type => this.#isSayable(name, type))) {
        refuse(`the message names {${name}}, which not all of ${types} have`);
        return;
      }
    }
    const rule = annotations.rule ?? id;
    this.rules.push({
      ...{ id, rule, title, message, mend, unknown, types },
      effect: known,
      policy: text,
    });
  }

  #isSayable(name: string, type: string): boolean {
    if (name.startsWith('context.') || name.startsWith('principal.')) {
      return true;
    }
    const [first] = name.split('.');
    const shape = this.#schema.types.get(type)?.record.attributes;
    return shape === undefined || first === 'path' || first in shape;
  }

  #lineOf(file: PolicyFile, text: string): number {
    const before = file.text.slice(0, Math.max(0, file.text.indexOf(text)));
    return lineAt(before, Buffer.byteLength(before));
  }
}

/**
 * Reads every rule, held to the schema in Cedar's strict mode: a property that does not exist, or is looked at without
 * asking whether it is there, is a problem now and not in front of somebody's plan.
 * @throws PolicyFileError
 */
export function readRules(files: PolicyFile[], schema: PlanSchema): Rule[] {
  const reader = new RuleReader(schema);
  files.forEach(file => reader.read(file));
  if (reader.problems.length > 0) {
    throw new PolicyFileError(reader.problems);
  }
  return reader.rules;
}
