// Starts what the tests look at: the exporter on its demo, and fleets that stay as they are.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const START_MILLIS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'imf-pages-'));
const ending = [() => rmSync(folder, { recursive: true })];

/** Ends everything that was started here. */
export function end() {
  ending.splice(0).reverse().forEach((each) => each());
}
process.on('exit', end);

/** Starts a class and gives what `found` makes of its lines, when that is no longer undefined. */
function java(classPath, mainClass, args, found) {
  const child = spawn('java', ['-XX:TieredStopAtLevel=1', '-Xmx128m', '-cp', classPath.join(delimiter), mainClass, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  ending.push(() => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    const lines = [];
    const late = setTimeout(() => reject(new Error(`${mainClass} does not start:\n${lines.join('\n')}`)), START_MILLIS);
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`${mainClass} ended with ${code}:\n${lines.join('\n')}`));
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const result = found(line);
        if (result !== undefined) {
          clearTimeout(late);
          resolve(result);
        }
      });
    }
  });
}

const listening = (line) => line.match(/listening on (http:\/\/[0-9.:]+)/)?.[1];

function exporter(...flags) {
  const classPath = ['target/classes', 'target/lib/*'];
  return java(classPath, 'dev.imfexporter.cli.Main', [...flags, '--web.listen-address=127.0.0.1:0'], listening);
}

/** The exporter as it starts without a configuration: one host, whose page is also `/`. */
export const demo = () => exporter('--demo.start=9m');

/**
 * The exporter on demo hosts, each at a point of the story that lasts for longer than the tests
 * take, and on two hosts over SMB: one that refuses connections, one that never answers.
 */
export async function fleet() {
  const silent = createServer(() => {});
  await new Promise((resolve) => silent.listen(0, '127.0.0.2', resolve));
  silent.unref();
  ending.push(() => silent.close());
  writeFileSync(join(folder, 'password'), 'not used');
  const configuration = join(folder, 'fleet.yml');
  writeFileSync(
    configuration,
    `auths: { a: { username: imf, domain: EXAMPLE, password_file: password } }
hosts:
  halted.example.net: { access: demo, demo_start: 26m10s }
  bouncing.example.net: { access: demo, demo_start: 50m }
  well.example.net: { access: demo, demo_start: 110m }
  127.0.0.1: { access: smb, auth: a, smb_port: 1 }
  127.0.0.2: { access: smb, auth: a, smb_port: ${silent.address().port} }
`,
  );
  return exporter(`--config.file=${configuration}`, `--storage.path=${join(folder, 'history')}`);
}

/** Fleets of test fixtures by name, at a moment that does not pass. */
export function fixtures() {
  const addresses = {};
  const classPath = ['target/test-classes', 'target/classes', 'target/test-lib/*'];
  return java(classPath, 'dev.imfexporter.http.FleetServer', [], (line) => {
    const [, name, address] = line.match(/^([a-z-]+) (http:.*)$/) ?? [];
    if (name) addresses[name] = address;
    return name === 'good-update' ? addresses : undefined;
  });
}
