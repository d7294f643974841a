import { createHash } from 'node:crypto';
import { PAGE_TEXTS, type PageLanguage, type PageTexts } from './page-texts.ts';

/** The page's download. */
export const ZIP_NAME = 'quick-call-extension.zip';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { line-height: 1.2; }
a.download { display: inline-block; padding: .6rem 1rem; border-radius: .5rem; background: #0b57d0; color: #fff; text-decoration: none; font-weight: 600; }
a.download:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
code { overflow-wrap: anywhere; }
.note { border-inline-start: .25rem solid #b26a00; padding-inline-start: 1rem; }
`;

/** The only style that the page's policy lets in. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);

/**
 * A page of the server's own: no script, nothing loaded. Its links are relative, because a proxy may publish the server
 * under a path that the server does not know. `body` is HTML.
 */
const frame = (texts: PageTexts, body: string): string => `<!doctype html>
<html lang="${texts.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(texts.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/**
 * The page behind a personal invite link: the code, and what to do with it. It
 * looks nothing up: only redeeming a code shows whether it is good.
 */
export const renderInvite = (language: PageLanguage, about: { code: string; address: string }): string => {
  const texts = PAGE_TEXTS[language];
  const steps = texts.inviteSteps.map((step) => `<li>${escape(step)}</li>`).join('\n');
  return frame(
    texts,
    `<h1>${escape(texts.inviteTitle)}</h1>
<p>${escape(texts.inviteLead)}</p>
<p>${escape(texts.inviteCode)} <code>${escape(about.code)}</code></p>
<ol>
${steps}
</ol>
<p><a class="download" href="../">${escape(texts.install)}</a></p>
<p>${escape(texts.address)} <code>${escape(about.address)}</code></p>`,
  );
};

/**
 * The server's own page: how to install the extension.
 * @param about `sha256` is null while the extension is not built; `address` is where the visitor reached the server;
 * `inviteCode` is what the link brought.
 */
export const renderPage = (
  language: PageLanguage,
  about: { sha256: string | null; address: string; inviteCode: string | null },
): string => {
  const texts = PAGE_TEXTS[language];
  const steps = texts.steps.map((step) => `<li>${escape(step)}</li>`).join('\n');
  const offer =
    about.sha256 === null
      ? `<p class="note">${escape(texts.notBuilt)}</p>`
      : `<p><a class="download" href="${ZIP_NAME}" download>${escape(texts.download)}</a></p>
<p>${escape(texts.fingerprint)} <code>${escape(about.sha256)}</code></p>
<p class="note">${escape(texts.unverified)}</p>`;
  const invite =
    about.inviteCode === null
      ? ''
      : `\n<p>${escape(texts.registrationInvite)} <code>${escape(about.inviteCode)}</code></p>`;
  return frame(
    texts,
    `<h1>${escape(texts.title)}</h1>
<p>${escape(texts.lead)}</p>
<h2>${escape(texts.install)}</h2>
<ol>
${steps}
</ol>
${offer}
<p>${escape(texts.address)} <code>${escape(about.address)}</code></p>${invite}`,
  );
};
