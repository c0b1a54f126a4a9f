module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The checks are suites that the blueprints' test files call; no production build has them.
    'jest/no-export': 'off',
    'jest/no-conditional-expect': 'off',
    'no-restricted-syntax': 'off',
  },
});
