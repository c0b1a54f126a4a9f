import { describeTemplates } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeTemplates(subject);
