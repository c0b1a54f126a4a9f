import { join } from 'node:path';
import { describeReadme } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeReadme(subject, join(__dirname, '../README.md'));
