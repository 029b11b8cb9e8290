import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { DeviceFeedEntries } from '#protocol/device-feed.ts';
import { wire, type FeedMessage, type Heartbeat, type JoinAnswer } from '#protocol/wire.ts';
import type { Agent, AgentDeps } from '#terminal/agent.ts';
import { createFakeHall, type FakeHall } from './fake-hall.ts';
import { aPagesDir, connected, eventually, openPage, startAgent } from './terminal.ts';

/** A page that has joined the device feed and keeps all that it hears. */
export interface Watcher {
  readonly socket: Socket;
  readonly device: () => DeviceFeedEntries;
  /** Of the hall's feeds. */
  readonly messages: FeedMessage[];
  readonly heartbeats: Heartbeat[];
}

/** Agents on a fake hall, and pages on them: all new for each test, and gone after it. */
export function useAgents() {
  const pagesDir = aPagesDir(['kiosk']);
  const agents: Agent[] = [];
  const pages: Socket[] = [];
  let hall: FakeHall;

  beforeEach(async () => {
    hall = await createFakeHall();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) page.disconnect();
    for (const agent of agents.splice(0)) await agent.close();
    await hall.close();
  });
  afterAll(() => pagesDir.remove());

  async function start(change: Partial<AgentDeps> = {}): Promise<Agent> {
    const agent = await startAgent(hall, pagesDir.path, change);
    agents.push(agent);
    return agent;
  }

  async function page(agent: Agent): Promise<Socket> {
    const socket = openPage(agent.origin);
    pages.push(socket);
    return connected(socket);
  }

  async function watcher(agent: Agent): Promise<Watcher> {
    const socket = await page(agent);
    const messages: FeedMessage[] = [];
    const heartbeats: Heartbeat[] = [];
    let device = {} as DeviceFeedEntries;
    socket.on(wire.feed, (message: FeedMessage) => {
      if (message.feed === 'device') device = message.entries as unknown as DeviceFeedEntries;
      else messages.push(message);
    });
    socket.on(wire.heartbeat, (heartbeat: Heartbeat) => heartbeats.push(heartbeat));
    const answer = await join(socket, 'device', 'local');
    if (answer.ok) device = answer.message.entries as unknown as DeviceFeedEntries;
    return { socket, device: () => device, messages, heartbeats };
  }

  /** A watcher of an agent that has reached the hall. */
  async function online(agent: Agent): Promise<Watcher> {
    const watching = await watcher(agent);
    await eventually(() => watching.device().link.online);
    return watching;
  }

  return { hall: () => hall, start, page, watcher, online };
}

export const join = (socket: Socket, feed: string, key: string, more: object = {}): Promise<JoinAnswer> =>
  socket.emitWithAck(wire.join, { feed, key, ...more });
