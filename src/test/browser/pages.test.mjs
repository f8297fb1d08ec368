// Every page, in a real browser: see README.md beside this file.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PHONE, accessible, fits, launch, printed, watch } from './checks.mjs';
import * as servers from './servers.mjs';

const FIRST_READ_MILLIS = 30_000;
const WINDOWS = [
  { ...PHONE, colorScheme: 'light', axe: true },
  { ...PHONE, colorScheme: 'dark' },
  { width: 800, height: 1000, colorScheme: 'dark', axe: true },
  { width: 1600, height: 1000, colorScheme: 'light' },
];

/** Where a page is, and what has to stand on it. A fleet of fixtures is named by `on`. */
const PAGES = [
  { on: 'demo', path: '/', has: ['demo', 'SMTPSVC', 'Timeline', 'Collectors', 'Preflight'] },
  { on: 'demo', path: '/hosts/demo/episodes/1', has: ['Episode 1 of demo', 'The evidence is not final yet', 'Who started it again'], sheets: 5 },
  { on: 'fleet', path: '/hosts/halted.example.net', has: ['Mail is halted', 'after', 'sc.exe config SMTPSVC start= auto', 'Open the runbook'] },
  { on: 'fleet', path: '/hosts/halted.example.net?range=1h', has: ['1h', 'Mail is halted'] },
  { on: 'fleet', path: '/hosts/halted.example.net?range=30d&tz=Europe/Vienna', has: ['30d', 'CET', 'Mail is halted'] },
  { on: 'fleet', path: '/hosts/bouncing.example.net', has: ['Mail bounces', 'The next hop refuses the log-in of SMTP'] },
  { on: 'fleet', path: '/hosts/well.example.net', has: ['Mail flows', 'recovered after halt'] },
  { on: 'fleet', path: '/hosts/well.example.net/preflight', has: ['before an update or a reboot', 'Did mail come back after earlier updates'] },
  { on: 'fleet', path: '/hosts/127.0.0.1', has: ['Cannot be read', 'refused TCP port 1', 'Open the runbook'] },
  { on: 'fleet', path: '/hosts/127.0.0.2', has: ['127.0.0.2'] },
  { on: 'fleet', path: '/', has: ['5 hosts', 'halted.example.net', 'Mail bounces', 'Cannot be read'] },
  { on: 'fleet', path: '/updates', has: ['Updates and hosts', '6.5.79'] },
  { on: 'fleet', path: '/runbooks', has: ['ImfMailFlowHaltedAfterUpdate'] },
  { on: 'fleet', path: '/runbooks/ImfMailFlowHalted?host=halted.example.net', has: ['Impact', 'Escalate', 'halted.example.net', 'Mail is halted'] },
  { on: 'each-state', path: '/', has: ['8 hosts', 'Not read yet', 'Nothing to watch', 'Cannot be read', 'Mail is stuck', 'Mail flows'] },
  { on: 'each-state', path: '/hosts/mail07', has: ['Not read yet'] },
  { on: 'three-of-forty', path: '/', has: ['40 hosts: 2 with halted mail, 1 failing, 37 well', 'Mail is halted', 'after KB5031362'] },
  { on: 'three-of-forty', path: '/?state=halted&name=mail0', has: ['1 to 2 of 2'] },
  { on: 'three-of-forty', path: '/hosts/mail007', has: ['Mail is halted', 'KB5031362', 'net start SMTPSVC', 'Open the runbook'] },
  { on: 'bad-update', path: '/', has: ['200 hosts', 'Stop the roll-out of KB5031362', 'Next page'] },
  { on: 'bad-update', path: '/updates', has: ['Stop the roll-out', '10 recovered after halt', '190 recovered'] },
  { on: 'bad-update', path: '/updates/KB5031362', has: ['10 of the 200 hosts', 'mailscan.dll', '9 (100 %)'] },
  { on: 'bad-update', path: '/hosts/mail020/episodes/3', has: ['Recovered after halt', 'SHA-256 of the evidence', 'jq -cjS .evidence'], sheets: 3 },
  { on: 'good-update', path: '/updates', has: ['no mail halted', '200 recovered'] },
  { on: 'good-update', path: '/updates/KB5029924', has: ['0 of the 200 hosts'] },
];

/** Sentences in plain text, which every browser shows. */
const REFUSALS = [
  { path: '/nothing', status: 404, has: 'There is no such page' },
  { path: '/hosts/other.example.net', status: 404, has: 'There is no such host' },
  { path: '/updates/KB1', status: 404, has: 'No host got such an update' },
  { path: '/runbooks/Other', status: 404, has: 'runbook' },
  { path: '/?state=green', status: 400, has: 'state takes one of' },
  { path: '/hosts/well.example.net?range=2h', status: 400, has: 'The range is one of' },
  { path: '/hosts/well.example.net?tz=Mars', status: 400, has: 'The time zone tz is not known' },
];

let browser;
let addresses;

before(async () => {
  const [demo, fleet, fixtures] = await Promise.all([servers.demo(), servers.fleet(), servers.fixtures()]);
  addresses = { demo, fleet, ...fixtures };
  browser = await launch();
  await firstRead();
});

after(async () => {
  await browser?.close();
  servers.end();
});

/** Waits until the event logs of the demo hosts have been read. */
async function firstRead() {
  const until = Date.now() + FIRST_READ_MILLIS;
  for (const host of ['halted', 'bouncing', 'well']) {
    const address = `${addresses.fleet}/hosts/${host}.example.net`;
    while (!(await (await fetch(address)).text()).includes('/episodes/')) {
      assert.ok(Date.now() < until, `${address} lists no episode`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function inBrowser(options, use) {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', ...options });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

function open(page, { on, path }) {
  page.address = addresses[on] + path;
  const complaints = watch(page);
  return page.goto(page.address, { waitUntil: 'load' }).then((response) => ({ response, complaints }));
}

async function says(page, parts) {
  const text = await page.locator('body').innerText();
  for (const part of parts) {
    assert.ok(text.includes(part), `does not say "${part}":\n${text.slice(0, 2_000)}`);
  }
}

// More than one at once, because each waits for the browser and for the exporter.
describe('pages', { concurrency: 3 }, () => {
  for (const place of PAGES) {
    test(`${place.on} ${place.path}`, async () => {
      await inBrowser({}, async (page) => {
        const { response, complaints } = await open(page, place);
        assert.equal(response.status(), 200);
        await says(page, place.has);
        for (const { axe, colorScheme, ...size } of WINDOWS) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(size);
          await fits(page);
          if (axe) await accessible(page);
        }
        const sheets = await printed(page);
        assert.ok(sheets > 0 && sheets <= (place.sheets ?? 60), `${sheets} sheets of paper`);
        assert.deepEqual(complaints, []);
      });
      await inBrowser({ javaScriptEnabled: false }, async (page) => {
        await open(page, place);
        await says(page, place.has);
      });
    });
  }
});

describe('refusals', () => {
  for (const place of REFUSALS) {
    test(place.path, () =>
      inBrowser({}, async (page) => {
        const { response, complaints } = await open(page, { on: 'fleet', ...place });
        assert.equal(response.status(), place.status);
        assert.match(response.headers()['content-type'], /^text\/plain/);
        assert.ok((await page.locator('body').innerText()).includes(place.has));
        await fits(page);
        assert.deepEqual(complaints.filter((words) => !words.includes(`status of ${place.status}`)), []);
      }),
    );
  }
});
