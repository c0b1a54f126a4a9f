import { join } from 'node:path';
import { describeTerraform } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeTerraform(subject, join(__dirname, '../terraform'));
