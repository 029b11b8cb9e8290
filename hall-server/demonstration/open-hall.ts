import { join } from 'node:path';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import type { Command } from '#domain/commands/schemas.ts';
import { importCatalogue } from '#hall-server/catalogue-import/import-catalogue.ts';
import { readCatalogueFolder } from '#hall-server/catalogue-import/read-folder.ts';
import { HALL_COMMAND, HALL_DEVICE } from '#hall-server/hall-device.ts';
import type { HallServer } from '#hall-server/hall-server.ts';
import { sha256 } from '#hall-server/journal/chain.ts';
import type { NewClerk } from '#hall-server/identity/clerks.ts';

const REFERENCE_HALL = join(import.meta.dirname, '../reference-hall');
const AROUND_THE_CLOCK = [{ from: '00:00', to: '23:59' }];

/** The reference hall, open at any hour of any day: whoever tries it out at night still gets a number. */
export function demonstrationCatalogue(): Catalogue {
  const result = importCatalogue(readCatalogueFolder(REFERENCE_HALL));
  if (!result.ok) throw new Error(`the reference hall has ${result.problems.length} problems`);
  const { catalogue } = result;
  const openingDays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, spans: AROUND_THE_CLOCK }));
  const services = catalogue.services.map((service) => ({ ...service, hours: [] }));
  return { ...catalogue, hall: { ...catalogue.hall, openingDays }, services };
}

/** Puts the reference hall in force unless it is, and opens the day. */
export async function openReferenceHall(server: HallServer): Promise<void> {
  const catalogue = demonstrationCatalogue();
  const text = JSON.stringify(catalogue);
  const [latest] = server.catalogues.list();
  const same = latest && JSON.stringify(server.catalogues.get(latest.version).catalogue) === text;
  const version = same ? latest.version : server.catalogues.store(catalogue);
  const inForce = await server.writer.settled((hall) => hall.catalogue?.version);
  if (inForce !== version) {
    await send(server, `${HALL_COMMAND}demonstration-${sha256(text).slice(0, 16)}-${version}`, {
      name: 'catalogue.publish',
      payload: { version },
    });
  }
  await server.rollOver();
}

async function send(server: HallServer, commandId: string, command: Command): Promise<void> {
  const answer = await server.writer.submit({
    command,
    commandId,
    payloadHash: sha256(JSON.stringify(command)),
    by: { device: HALL_DEVICE, via: 'hall' },
    role: 'hall',
  });
  if (!answer.ok) throw new Error(`${command.name} was refused: ${answer.code}`);
}

/** One password for all ready-made accounts. They exist only in the demonstration's own database. */
export const DEMONSTRATION_PASSWORD = 'tinghao-demo';

/** A clerk for every counter, and one person for each other role. */
export function readyMadeClerks(catalogue: Catalogue): readonly Omit<NewClerk, 'password'>[] {
  const clerks = catalogue.counters.map(({ id, label }) => ({
    login: `clerk-${id}`,
    name: `${label} 窗口人员`,
    roles: ['clerk'] as const,
  }));
  return [
    ...clerks,
    { login: 'reception', name: '总服务台', roles: ['reception'] },
    { login: 'manager', name: '大厅值班长', roles: ['manager', 'reception'] },
    { login: 'admin', name: '系统管理员', roles: ['admin', 'manager'] },
  ];
}
