import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded when they are opened, which takes seconds on a machine that runs other tests beside.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(90_000);
