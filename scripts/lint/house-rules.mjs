import { basename } from 'node:path';
import { builtinRules } from 'eslint/use-at-your-own-risk';

/** Words that say nothing of what is inside. A manager is a person in a hall, so only the end of a name counts. */
const EMPTY_WORDS = /(^|-)(utils?|helpers?|managers?|data|info)$/u;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/u;
const PASCAL = /^[A-Z][A-Za-z0-9]*$/u;

/** @type {import('eslint').Rule.RuleModule} */
const fileName = {
  meta: {
    type: 'suggestion',
    messages: {
      empty: 'A file named "{{stem}}" says nothing of what is inside; name it after what it does.',
      kebab: 'Module files are kebab-case: "{{stem}}".',
      pascal: 'Component files are PascalCase: "{{stem}}".',
    },
    schema: [],
  },
  create(context) {
    return {
      Program(node) {
        const name = basename(context.filename);
        const stem = name.slice(0, name.indexOf('.'));
        const report = (/** @type {string} */ messageId) =>
          context.report({ node, messageId, data: { stem } });
        if (EMPTY_WORDS.test(kebabOf(stem))) report('empty');
        else if (name.endsWith('.vue') && !PASCAL.test(stem)) report('pascal');
        else if (!name.endsWith('.vue') && !KEBAB.test(stem.replace(/^([a-z]+-)*zh-CN$/u, 'zh')))
          report('kebab');
      },
    };
  },
};

function kebabOf(/** @type {string} */ stem) {
  return stem.replace(/(?<=[a-z0-9])(?=[A-Z])/gu, '-').toLowerCase();
}

/**
 * `long-file` is ESLint's own max-lines under a second name: one rule cannot both warn at 300 lines and fail at 400.
 * @type {import('eslint').ESLint.Plugin}
 */
export const house = {
  rules: {
    'file-name': fileName,
    'long-file': /** @type {import('eslint').Rule.RuleModule} */ (builtinRules.get('max-lines')),
  },
};

const CJK = '/[\\u3400-\\u9fff\\u3000-\\u303f\\uff00-\\uffef]/';
const intoLocales = 'Texts belong in the locale files, in both languages.';

export const noTextInTemplates = [
  // The parser hands the whole script over as the text of its element, comments and all.
  { selector: `VElement:not([name=/^(script|style)$/]) > VText[value=${CJK}]`, message: intoLocales },
  { selector: `VLiteral[value=${CJK}]`, message: intoLocales },
  { selector: `VExpressionContainer Literal[value=${CJK}]`, message: intoLocales },
  { selector: `VExpressionContainer TemplateElement[value.raw=${CJK}]`, message: intoLocales },
];

export const noTextInPages = [
  { selector: `Literal[value=${CJK}]`, message: intoLocales },
  { selector: `TemplateElement[value.raw=${CJK}]`, message: intoLocales },
];

/** Functions only: handleSumMs is a sum of handling times, and says what it is. */
const handler = '/^handle[A-Z]/';
const isFunction = ':matches(ArrowFunctionExpression, FunctionExpression)';

export const houseSyntax = [
  { selector: 'TSEnumDeclaration', message: 'No enum: a union of literals, or an object `as const`.' },
  {
    selector: 'TSModuleDeclaration[kind!="global"]:not([declare=true])',
    message: 'No namespace: a module is one.',
  },
  { selector: 'LabeledStatement', message: 'No labels: a function of its own returns.' },
  ...[
    `FunctionDeclaration[id.name=${handler}] > .id`,
    `VariableDeclarator[id.name=${handler}] > ${isFunction}.init`,
    `Property[key.name=${handler}] > ${isFunction}.value`,
    `MethodDefinition[key.name=${handler}] > .key`,
  ].map((selector) => ({ selector, message: 'handleX says when, not what: name it after what it does.' })),
];

export const noDefaultExport = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'No default export: a name is searched, renamed and read.',
  },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'No default export.' },
];

export const noHalfTests = [
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|fails|skipIf|runIf)$/]',
    message: 'Every test runs, on every machine, every time.',
  },
];
