/**
 * Measures what the engine adds to a step: runs of one-call steps in a row, the time of the whole less the time that
 * handlers' calls took. Prints one line of JSON.
 *
 * Usage: DATABASE_URL=postgres://… node bench/engineTime.js [steps]; see the README for how to build it.
 */
import { mockServices } from '@backstage/backend-test-utils';
import knexFactory from 'knex';
import { DatabaseRunEngine, migrateRuns } from '../src';
import { settled } from '../src/testing';
