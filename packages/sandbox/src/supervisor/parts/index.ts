import type { Part } from '../types';
import { alertmanager } from './alertmanager';
import { app } from './app';
import { aws } from './aws';
import { backend } from './backend';
import { kubernetes } from './kubernetes';
import type { PartDefinition } from './PartDefinition';
import { postgres } from './postgres';
import { prometheus } from './prometheus';
import { world } from './world';

/** All parts. A new one is a file here, a line below, and its name in `PARTS`. */
export const DEFINITIONS: Record<Part, PartDefinition> = {
  postgres,
  aws,
  world,
  alertmanager,
  prometheus,
  kubernetes,
  backend,
  app,
};
