import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Address → folder of the built page. `open` pages are for browsers that are no device yet. */
export const pages = {
  kiosk: { folder: 'kiosk', open: false },
  reception: { folder: 'reception', open: false },
  caller: { folder: 'caller', open: false },
  display: { folder: 'display', open: false },
  sign: { folder: 'sign', open: false },
  board: { folder: 'board', open: false },
  admin: { folder: 'admin', open: false },
  enrol: { folder: 'enrol', open: true },
  api: { folder: 'api-page', open: true },
} as const;

export interface PagesDeps {
  readonly pagesDir: string;
  /** Called before a page is served; returns true when it has answered in the page's place. */
  readonly beforePage: (
    name: keyof typeof pages,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<boolean>;
}

/** Built pages from one folder, at the addresses that the screens know. */
export async function servePages(app: FastifyInstance, { pagesDir, beforePage }: PagesDeps): Promise<void> {
  const root = resolve(pagesDir);
  if (!existsSync(join(root, 'assets'))) throw new Error(`no built pages in ${pagesDir}: run npm run build`);
  await app.register(fastifyStatic, { root, serve: false });
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, root, { maxAge: '365d', immutable: true }),
  );
  for (const [name, { folder }] of Object.entries(pages)) {
    app.get(`/${name}`, async (_request, reply) => reply.redirect(`/${name}/`));
    app.get(`/${name}/`, async (request, reply) => {
      if (await beforePage(name as keyof typeof pages, request, reply)) return reply;
      return reply.sendFile(`${folder}/index.html`, root, { cacheControl: false });
    });
  }
  // The address in a slip's QR. The handle in it is read by the page itself.
  app.get('/v/:visitKey', async (_request, reply) =>
    reply.sendFile('visit/index.html', root, { cacheControl: false }),
  );
}
