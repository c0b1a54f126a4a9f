import type { PolicyEffect } from '@slipway/plugin-infra-scaffolder-common';

/** A file with rules or types, as it was read. */
export interface PolicyFile {
  /** As it is said to people. */
  name: string;
  text: string;
}

/** One `forbid` of a file: what it says when it matches. */
export interface Rule {
  /** Unique among all files. */
  id: string;
  /** What exemptions and settings call it; several policies may be one rule. */
  rule: string;
  title: string;
  effect: PolicyEffect;
  /** May name attributes of the resource: `{DBInstanceClass}`. */
  message: string;
  mend: string;
  /** What the rule makes of a value that is not known yet, and why. */
  unknown: string;
  /** As it is written. */
  policy: string;
  /** Entity types that it can be about. */
  types: string[];
}
