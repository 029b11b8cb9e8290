import { createAgent, type Agent, type AgentDeps } from '#terminal/agent.ts';

export type CallerAgentDeps = Omit<AgentDeps, 'pages' | 'printer' | 'equip'>;

/** The agent of a counter: the terminal's core, with the clerk's page and the sign over the counter. */
export function createCallerAgent(deps: CallerAgentDeps): Promise<Agent> {
  return createAgent({ ...deps, pages: ['caller', 'sign'], printer: { state: 'none' } });
}
