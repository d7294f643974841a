import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { explainedExceptions } from './tools/explained-exceptions.ts';

export default ts.config(
  { ignores: ['dist/', 'data/', 'artifacts/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { 'quick-call': { rules: { 'explained-exceptions': explainedExceptions } } },
    rules: {
      'quick-call/explained-exceptions': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'Use a string-literal union or an `as const` object.' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A message map reads as a list of functions either way; method signatures keep its lines short.
      '@typescript-eslint/method-signature-style': 'off',
      // `void promise` and arrow functions that return void are how a promise is knowingly let go.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: false, allowNullish: false, allowRegExp: false, allowAny: false },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // svelte-check and the compiler report these with full knowledge of the template.
      'no-undef': 'off',
    },
  },
  {
    // The compiler knows every name in typed files.
    files: ['**/*.ts'],
    rules: { 'no-undef': 'off' },
  },
  {
    // Vitest's and Playwright's matchers and fixtures are methods taken off their objects by design.
    files: ['**/*.test.ts', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      // Playwright demands a destructuring pattern even where a fixture needs nothing.
      'no-empty-pattern': 'off',
    },
  },
  {
    // What is the browser's own stays in one place, so that other browsers can follow.
    files: ['extension/**'],
    ignores: ['extension/host/**'],
    rules: { 'no-restricted-globals': ['error', { name: 'chrome', message: 'Through extension/host.' }] },
  },
  {
    // These print to a person in a terminal: that is what they are for.
    files: ['tools/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Tools that read these files ask for a default export.
    files: ['*.config.ts', '*.config.js', '.dependency-cruiser.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node, ...globals.serviceworker } },
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
