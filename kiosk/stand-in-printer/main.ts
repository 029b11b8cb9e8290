import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { decodeSlip } from './decode-slip.ts';
import { createStandInPrinter } from './stand-in-printer.ts';

// node kiosk/stand-in-printer/main.ts --link var/printer --baud 9600 --port 8090
const { values } = parseArgs({
  options: { link: { type: 'string' }, baud: { type: 'string' }, port: { type: 'string' } },
});
const printer = await createStandInPrinter({
  baudRate: Number(values.baud ?? 9600),
  ...(values.link === undefined ? {} : { path: values.link }),
});
// GET anything: what was printed, decoded, the newest first.
const server = createServer((_request, response) => {
  const newest = printer.slips().slice(-20).reverse();
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(newest.map((slip) => ({ bytes: slip.length, ...decodeSlip(slip) }))));
});
server.listen(Number(values.port ?? 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ path: printer.path, http: server.address() }));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    void printer.close();
  });
}
