// What holds for every page, whatever is on it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';

// The libraries are in target, which is deleted with everything else that can be made anew.
const require = createRequire(resolve('target/browser/node_modules'));
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const PHONE = { width: 360, height: 740 };
/** A4 in CSS pixels, which are 1/96 inch, without the margins of `pdf`. */
const PAPER = { width: 718, height: 1047 };
const MARGIN = '10mm';

/** Debian's Chromium; without a sandbox, which root cannot have. */
export function launch() {
  const folders = process.env.PATH.split(delimiter);
  const executablePath = folders.map((folder) => join(folder, 'chromium')).find(existsSync);
  assert.ok(executablePath, 'chromium is not installed');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Keeps what the browser complains of, and what it asks other origins for. */
export function watch(page) {
  const complaints = [];
  // A policy that is violated is an error on the console too.
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.address).origin) complaints.push(`asks for ${request.url()}`);
  });
  return complaints;
}

/** No element is wider than the window, and nothing that is written is cut off. */
export async function fits(page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const name = (element) => `${element.localName} "${element.textContent.trim().slice(0, 40)}"`;
    const shown = [...document.querySelectorAll('body *')].filter(
      (element) => element.checkVisibility() && !element.closest('thead, svg'),
    );
    const out = shown.filter((element) => element.getBoundingClientRect().right > width + 1);
    const cut = shown.filter(
      (element) => getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1,
    );
    return document.documentElement.scrollWidth > width || out.length + cut.length > 0
      ? [`the page is ${document.documentElement.scrollWidth} px wide`, ...out.map(name), ...cut.map(name)]
      : [];
  });
  assert.deepEqual(wide, [], `wider than ${page.viewportSize().width} px`);
}

/** By axe-core, with the rules of WCAG 2.2 AA and its own best practices. */
export async function accessible(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (values) => {
    const found = await globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((node) => node.html.slice(0, 160)).slice(0, 5).join(' | ')}`);
  }, RULES);
  assert.deepEqual(violations, []);
}

/** The number of sheets of paper; on each, nothing is cut off. */
export async function printed(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.setViewportSize(PAPER);
  await fits(page);
  const pdf = await page.pdf({ format: 'A4', margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } });
  await page.emulateMedia({ media: 'screen' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
