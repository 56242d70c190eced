// The page is plain modules for the browser; every rule of the recommended set, and a few more.
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-shadow': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': ['error',
        { property: 'innerHTML', message: 'text goes in by textContent' },
        { property: 'outerHTML', message: 'text goes in by textContent' }],
    },
  },
];
