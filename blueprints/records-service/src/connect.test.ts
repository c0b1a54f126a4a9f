import { describeConnect } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeConnect(subject);
