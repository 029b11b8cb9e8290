import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import { MAX_MESSAGE_BYTES } from '#protocol/wire.ts';
import { isOwnOrigin } from '../socket/origin.ts';
import { refused } from '../writer/batch.ts';

export interface HttpServerDeps {
  readonly logger: FastifyBaseLogger;
  readonly allowedHosts: ReadonlySet<string>;
  readonly onRefused: (code: RefusalCode) => void;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every refusal that is no answer of the interpreter passes here. */
    countRefusal(code: RefusalCode): void;
  }
}

/** A fault of the request that Fastify finds by itself, as a code of the catalogue. */
const codeOfFault = ({ statusCode }: FastifyError): RefusalCode => {
  if (statusCode === 413) return 'too-large';
  if (statusCode === 429) return 'rate-limited';
  return statusCode !== undefined && statusCode < 500 ? 'malformed' : 'storage-unavailable';
};

/** Fastify with what every route needs: names checked, headers set, refusals coded. */
export async function createHttpServer({
  logger,
  allowedHosts,
  onRefused,
}: HttpServerDeps): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    // One line a request would fill a disk in a busy week, and its path may hold a visitor's handle.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_MESSAGE_BYTES,
    forceCloseConnections: true,
  });
  app.decorate('countRefusal', onRefused);
  // What is not even HTTP is answered by Fastify, and no hook hears of it.
  app.server.on('clientError', () => {
    onRefused('malformed');
  });
  await app.register(fastifyHelmet, {
    // A hall's LAN has no certificates: an upgrade to HTTPS would make every page blank.
    hsts: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Element Plus places its pop-ups by inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  await app.register(fastifyRateLimit, { global: false });
  app.addHook('onRequest', async (request, reply) => {
    if (!isOwnOrigin(request.headers, allowedHosts)) await sendRefusal(reply, 'origin-refused');
  });
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if ((error.statusCode ?? 500) >= 500) request.log.error({ err: error }, 'request failed');
    await sendRefusal(reply, codeOfFault(error));
  });
  app.setNotFoundHandler(async (_request, reply) => {
    await sendRefusal(reply, 'not-found');
  });
  return app;
}

export async function sendRefusal(reply: FastifyReply, code: RefusalCode): Promise<void> {
  reply.server.countRefusal(code);
  await reply.code(refusals[code].status).send(refused(code));
}
