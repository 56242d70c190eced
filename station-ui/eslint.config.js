// Recommended rules, and three walls: fetch only in src/api, no text in components, no other origin.
import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';
import vue from 'eslint-plugin-vue';

const chinese = 'texts belong in src/i18n/zh-CN.json';
const noText = [
  { selector: 'Literal[value=/[\\u3400-\\u9fff]/]', message: chinese },
  { selector: 'TemplateElement[value.raw=/[\\u3400-\\u9fff]/]', message: chinese },
];
const onlyApi = ['fetch', 'EventSource', 'XMLHttpRequest'].map((name) => ({ name, message: 'only src/api talks to the node' }));
const features = ['../*/*', '../../features/*'];

export default ts.config(
  { ignores: ['dist/', 'src/api/generated/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{js,mjs,ts,vue}'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: globals.browser, parserOptions: { parser: ts.parser } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-properties': ['error',
        { property: 'innerHTML', message: 'text goes in by a template' },
        { property: 'outerHTML', message: 'text goes in by a template' }],
      'vue/no-v-html': 'error',
      'vue/html-indent': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/**/*.spec.ts', 'src/spec/**', 'src/i18n/initials.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noText],
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['✕', '✓', '▶', '●', '◐', '○', '!', '*', ' ', '·', '←', '→', '↑', '↓', '↶', '☰', '/', ':', '(', ')', '▣', '?', '★'] }],
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/api/**', 'src/spec/**', 'src/**/*.spec.ts'],
    rules: { 'no-restricted-globals': ['error', ...onlyApi] },
  },
  { files: ['src/stores/**'], rules: { 'no-restricted-imports': ['error', { patterns: ['@/features/*', '*.vue'] }] } },
  { files: ['src/ui/**'], rules: { 'no-restricted-imports': ['error', { patterns: ['@/features/*', '@/stores/*', '@/api'] }] } },
  { files: ['src/features/**'], rules: { 'no-restricted-imports': ['error', { patterns: features }] } },
  { files: ['scripts/**', '*.{js,mjs}'], languageOptions: { globals: globals.node }, rules: { 'no-console': 'off' } },
);
