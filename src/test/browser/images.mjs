// Writes the pictures of README.md and docs into docs/images. Their fleets and their time do not
// change, so neither does a picture whose page did not change.
import { mkdirSync } from 'node:fs';
import { PHONE, launch } from './checks.mjs';
import * as servers from './servers.mjs';

const PICTURES = [
  { name: 'host', on: 'three-of-forty', path: '/hosts/mail023', width: 960, height: 700 },
  { name: 'host-phone', on: 'three-of-forty', path: '/hosts/mail007', ...PHONE },
  { name: 'fleet', on: 'three-of-forty', path: '/', width: 1200, height: 640 },
  { name: 'fleet-phone', on: 'three-of-forty', path: '/', ...PHONE },
  { name: 'update', on: 'bad-update', path: '/updates/KB5031362', width: 960, height: 640 },
  { name: 'episode', on: 'bad-update', path: '/hosts/mail020/episodes/3', width: 960, height: 640 },
];

mkdirSync('docs/images', { recursive: true });
const addresses = await servers.fixtures();
const browser = await launch();
const page = await browser.newPage({ colorScheme: 'light', locale: 'en-GB' });
for (const { name, on, path, ...size } of PICTURES) {
  await page.setViewportSize(size);
  await page.goto(addresses[on] + path);
  await page.screenshot({ path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}
await browser.close();
process.exit();
