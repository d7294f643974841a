import type { Rule } from 'eslint';

/** Lint rule: a comment that switches a rule off says why, after ` -- `. */
export const explainedExceptions: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unexplained: 'Say why, after " -- ".' },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const text = comment.value.trim();
        if (!comment.loc || !/^(?:eslint-disable|@ts-expect-error|svelte-ignore)/.test(text)) continue;
        const explained = text.startsWith('@ts-expect-error')
          ? /^@ts-expect-error\s+\S/.test(text)
          : / -- \S/.test(text);
        if (!explained) context.report({ loc: comment.loc, messageId: 'unexplained' });
      }
    },
  }),
};
