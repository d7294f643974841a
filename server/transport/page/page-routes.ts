import type { Request } from 'express';
import { findInvite } from '../../../protocol/find-invite.ts';
import { Refused } from '../../refused.ts';
import { publicAddress } from '../http/public-path.ts';
import type { Route } from '../http/route.ts';
import type { ExtensionZipSource } from './extension-zip.ts';
import { PAGE_LANGUAGES, type PageLanguage } from './page-texts.ts';
import { renderInvite, renderPage, ZIP_NAME } from './render-page.ts';

const languageOf = (request: Request): PageLanguage =>
  PAGE_LANGUAGES.find((language) => language === request.acceptsLanguages(...PAGE_LANGUAGES)) ?? 'en';

/** As the operator's command makes them; nothing else is shown on the page. */
const INVITE_CODE = /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/;

/** `/`, the page behind invite links, and the extension's zip. */
export const pageRoutes = (extension: ExtensionZipSource, publicPath: string): Route[] => [
  {
    kind: 'plain',
    method: 'get',
    path: '/',
    operationId: 'page',
    summary: 'How to install the extension',
    produces: 'text/html',
    problems: [],
    async serve(request, response) {
      const zip = await extension();
      const language = languageOf(request);
      const { invite } = request.query;
      const inviteCode = typeof invite === 'string' && INVITE_CODE.test(invite) ? invite : null;
      response
        .vary('Accept-Language')
        .set({ 'Content-Language': language, 'Cache-Control': 'no-cache' })
        .type('html')
        .send(
          renderPage(language, {
            sha256: zip?.sha256 ?? null,
            address: publicAddress(request, publicPath),
            inviteCode,
          }),
        );
    },
  },
  {
    kind: 'plain',
    method: 'get',
    path: '/invite/:code',
    operationId: 'invitePage',
    summary: 'What to do with a personal invite code',
    produces: 'text/html',
    problems: ['not-found'],
    serve(request, response) {
      const invite = findInvite(String(request.params['code']));
      if (invite?.kind !== 'contact') throw new Refused('not-found');
      const { code } = invite;
      const language = languageOf(request);
      response
        .vary('Accept-Language')
        // A code is a secret: no cache keeps it.
        .set({ 'Content-Language': language, 'Cache-Control': 'no-store' })
        .type('html')
        .send(renderInvite(language, { code, address: publicAddress(request, publicPath) }));
    },
  },
  {
    kind: 'plain',
    method: 'get',
    path: `/${ZIP_NAME}`,
    operationId: 'extensionZip',
    summary: 'The extension, built by this server (unverified)',
    produces: 'application/zip',
    problems: ['not-found'],
    async serve(_request, response) {
      const zip = await extension();
      if (!zip) throw new Refused('not-found');
      response.set('Cache-Control', 'no-cache').type('zip').send(Buffer.from(zip.bytes));
    },
  },
];
