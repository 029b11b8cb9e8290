import type { Socket } from 'socket.io';
import { z } from 'zod';
import { DEVICE_FEED, DEVICE_KEY } from '#protocol/device-feed.ts';
import { queries, type QueryAnswers, type QueryName, type QueryPayload } from '#protocol/queries.ts';
import {
  envelopeSchema,
  joinSchema,
  querySchema,
  telemetrySchema,
  wire,
  type CommandAnswer,
  type Envelope,
  type JoinAnswer,
  type QueryEnvelope,
  type QueryReply,
  type RefusedAnswer,
} from '#protocol/wire.ts';
import type { FeedRelay } from '../feeds/feed-relay.ts';
import { refuse } from '../refuse.ts';

export type SubmitCommand = (envelope: Envelope) => Promise<CommandAnswer>;

/** Answers of the agent itself, for the contract's rows with `local: true`. */
export type LocalQueries = {
  readonly [Name in QueryName]?: (
    payload: QueryPayload<Name>,
    session: string | undefined,
  ) => Promise<QueryAnswers[Name] | RefusedAnswer>;
};

/** What a page can reach through its agent. */
export interface PageServices {
  readonly command: SubmitCommand;
  readonly query: (envelope: QueryEnvelope) => Promise<QueryReply>;
  readonly localQueries: LocalQueries;
  readonly telemetry: (message: unknown) => void;
  readonly feeds: Pick<FeedRelay, 'join' | 'left'>;
  readonly joinDevice: () => JoinAnswer;
}

export const roomOf = (feed: string, key: string): string => `${feed}:${key}`;

const leaveSchema = z.strictObject({ feed: z.string().max(40), key: z.string().max(64) });
type Leave = z.infer<typeof leaveSchema>;

/**
 * The hall protocol for one page. A page does not know that it speaks to an agent. One that asked for a feed which could not be had
 * without the hall is put into `awaitsHall`.
 */
export function servePage(socket: Socket, services: PageServices, awaitsHall: Set<Socket>): void {
  const joined = new Map<string, Leave>();

  function leave({ feed, key }: Leave): void {
    if (!joined.delete(roomOf(feed, key))) return;
    void socket.leave(roomOf(feed, key));
    services.feeds.left(feed, key);
  }

  async function join(request: z.infer<typeof joinSchema>): Promise<JoinAnswer> {
    const { feed, key } = request;
    const enter = (): void => void socket.join(roomOf(feed, key));
    if (feed === DEVICE_FEED) {
      if (key !== DEVICE_KEY) return refuse('unknown-feed');
      enter();
      return services.joinDevice();
    }
    const answer = await services.feeds.join(request, () => {
      joined.set(roomOf(feed, key), { feed, key });
      enter();
    });
    // Refused to a page that heard it before (signed out), or the page went while the hall was asked.
    if (!answer.ok || !socket.connected) leave({ feed, key });
    if (!answer.ok && answer.code === 'hall-unreachable' && socket.connected) awaitsHall.add(socket);
    return answer;
  }

  answerWith(socket, wire.command, envelopeSchema, services.command);
  answerWith(socket, wire.query, querySchema, (envelope) => ask(services, envelope));
  answerWith(socket, wire.join, joinSchema, join);
  socket.on(wire.leave, (message: unknown) => {
    const parsed = leaveSchema.safeParse(message);
    if (parsed.success) leave(parsed.data);
  });
  socket.on(wire.telemetry, (message: unknown) => {
    if (telemetrySchema.safeParse(message).success) services.telemetry(message);
  });
  socket.on('disconnect', () => {
    awaitsHall.delete(socket);
    for (const feed of [...joined.values()]) leave(feed);
  });
}

/** A message with an acknowledgement. What has not the right form is refused here and goes no further. */
function answerWith<Message>(
  socket: Socket,
  name: string,
  schema: z.ZodType<Message>,
  answer: (message: Message) => Promise<unknown>,
): void {
  socket.on(name, (message: unknown, acknowledge: unknown) => {
    if (!isAcknowledgement(acknowledge)) return;
    const parsed = schema.safeParse(message);
    if (!parsed.success) {
      acknowledge(refuse('malformed'));
      return;
    }
    // A rejection is a bug: it stays unhandled, and the supervisor starts the agent anew.
    void answer(parsed.data).then(acknowledge);
  });
}

function isAcknowledgement(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}

async function ask(services: PageServices, envelope: QueryEnvelope): Promise<QueryReply> {
  const { name } = envelope;
  if (!isLocal(name)) return services.query(envelope);
  const payload = queries[name].payload.safeParse(envelope.payload);
  if (!payload.success) return refuse('malformed');
  const handler = services.localQueries[name] as
    | ((payload: unknown, session: string | undefined) => Promise<QueryAnswers[QueryName] | RefusedAnswer>)
    | undefined;
  if (!handler) return refuse('unknown-query');
  const answer = await handler(payload.data, envelope.session);
  return isRefused(answer) ? answer : { ok: true, answer };
}

function isRefused(answer: object): answer is RefusedAnswer {
  return 'ok' in answer && answer.ok === false;
}

function isLocal(name: string): name is QueryName {
  return Object.hasOwn(queries, name) && queries[name as QueryName].local;
}
